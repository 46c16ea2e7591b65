import assert from "node:assert/strict";
import { getRepository, listRepositories } from "../../../clients/azure-devops/repositories.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

describe("repositories", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([
      { name: "manifests", files: { "a.txt": "a" } },
      { name: "with space", files: {} },
      { name: "secret", files: {}, hiddenFrom: ["reader"] },
    ]);
  });
  after(() => sandbox.close());

  it("are found by name, whatever characters it has, and by GUID", async () => {
    const ado = clientOf(sandbox, "developer");
    for (const repository of ["manifests", "with space"]) {
      const byName = await getRepository(ado, { project: "shop", repository });
      assert.equal(byName?.name, repository);
      const ids = { project: byName.project.id, repository: byName.id };
      assert.deepEqual(await getRepository(ado, ids), byName);
    }
  });

  it("are absent when they do not exist, and when one may not see them", async () => {
    const ado = clientOf(sandbox, "reader");
    for (const repository of ["absent", "secret"]) {
      assert.equal(await getRepository(ado, { project: "shop", repository }), undefined);
    }
  });

  it("are listed as far as one may see them", async () => {
    const names = async (who: "reader" | "developer") =>
      (await listRepositories(clientOf(sandbox, who), { project: "shop" }))
        .map(({ name }) => name)
        .sort();
    assert.deepEqual(await names("reader"), ["manifests", "with space"]);
    assert.deepEqual(await names("developer"), ["manifests", "secret", "with space"]);
  });
});
