import assert from "node:assert/strict";
import type { AzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listTree, readFile } from "../../../clients/azure-devops/items.ts";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import type { HttpError } from "../../../core/errors.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };

describe("files of a commit", () => {
  let sandbox: Sandbox;
  let ado: AzureDevOps;
  let commit: string;
  before(async () => {
    const files = {
      "dev/api/a b.yaml": "ü: 1\n",
      "dev/.fluxgate/shop.json": '{"a":1}\n',
      "README.md": "hello\n",
    };
    sandbox = await sandboxWith([{ name: "manifests", files }]);
    ado = clientOf(sandbox, "reader");
    commit = (await listRefs(ado, { repo, filter: "heads/main" }))[0]?.objectId ?? "";
  });
  after(() => sandbox.close());

  it("are listed below a folder, paths without a leading slash, folders left out", async () => {
    const list = async (path: string, recursive: boolean) =>
      (await listTree(ado, { repo, commit, path, recursive })).map((file) => file.path).sort();
    assert.deepEqual(await list("dev", true), ["dev/.fluxgate/shop.json", "dev/api/a b.yaml"]);
    assert.deepEqual(await list("", false), ["README.md"]);
    assert.deepEqual(await list("", true), [
      "README.md",
      "dev/.fluxgate/shop.json",
      "dev/api/a b.yaml",
    ]);
  });

  it("are none where the commit has no such folder", async () => {
    assert.deepEqual(await listTree(ado, { repo, commit, path: "absent", recursive: true }), []);
  });

  it("are read as UTF-8 text, JSON files too", async () => {
    const read = (path: string) => readFile(ado, { repo, commit, path });
    assert.equal(await read("dev/api/a b.yaml"), "ü: 1\n");
    assert.equal(await read("dev/.fluxgate/shop.json"), '{"a":1}\n');
    assert.equal(await read("absent"), undefined);
  });

  it("of a commit that is unknown are an error, not an absence", async () => {
    const unknown = { repo, commit: "0".repeat(39) + "1", path: "README.md" };
    await assert.rejects(readFile(ado, unknown), (error: HttpError) => error.status === 404);
    await assert.rejects(listTree(ado, { ...unknown, recursive: true }));
  });
});
