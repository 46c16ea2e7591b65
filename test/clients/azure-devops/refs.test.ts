import assert from "node:assert/strict";
import { listRefs, noObject, updateRef } from "../../../clients/azure-devops/refs.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };
const name = "refs/heads/fluxgate/shop/dev/1";

describe("refs", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "a.txt": "a" } }]);
  });
  afterEach(() => sandbox.close());
  const build = () => clientOf(sandbox, "build");
  const tip = async () =>
    (await listRefs(build(), { repo, filter: "heads/main" }))[0]?.objectId ?? "";

  it("are created, found by prefix and deleted", async () => {
    const objectId = await tip();
    const create = { repo, name, oldObjectId: noObject, newObjectId: objectId };
    assert.equal((await updateRef(build(), create)).success, true);
    const found = await listRefs(build(), { repo, filter: "heads/fluxgate/" });
    assert.deepEqual(
      found.map((ref) => [ref.name, ref.objectId]),
      [[name, objectId]],
    );
    const remove = { repo, name, oldObjectId: objectId, newObjectId: noObject };
    assert.equal((await updateRef(build(), remove)).success, true);
    assert.deepEqual(await listRefs(build(), { repo, filter: "heads/fluxgate/" }), []);
  });

  it("are not moved from where they no longer are", async () => {
    const elsewhere = "1".repeat(40);
    const remove = { repo, name: "refs/heads/main", oldObjectId: elsewhere, newObjectId: noObject };
    const result = await updateRef(build(), remove);
    assert.equal(result.success, false);
    assert.notEqual(result.updateStatus, "succeeded");
    assert.notEqual(await tip(), "");
  });

  it("are not created by who may only read: the item says so", async () => {
    const create = { repo, name, oldObjectId: noObject, newObjectId: await tip() };
    const result = await updateRef(clientOf(sandbox, "reader"), create);
    assert.equal(result.success, false);
  });
});
