import assert from "node:assert/strict";
import {
  findDocuments,
  getDocument,
  listDocuments,
  setDocument,
} from "../../../clients/azure-devops/extension-data.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

type Snapshot = { readonly id: string; readonly __etag?: number; readonly text: string };
const collection = { publisher: "fluxgate", extension: "fluxgate", collection: "snapshots" };

describe("documents of the extension", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([]);
  });
  after(() => sandbox.close());

  it("are none before the first write", async () => {
    const ado = clientOf(sandbox, "reader");
    assert.deepEqual(await listDocuments(ado, collection), []);
    assert.deepEqual(await findDocuments(ado, collection), []);
    assert.equal(await getDocument(ado, { ...collection, id: "dev" }), undefined);
  });

  it("are written, replaced and read", async () => {
    const ado = clientOf(sandbox, "connector");
    await setDocument<Snapshot>(ado, {
      ...collection,
      document: { id: "dev", text: "1", __etag: -1 },
    });
    await setDocument<Snapshot>(ado, {
      ...collection,
      document: { id: "dev", text: "2", __etag: -1 },
    });
    const read = await getDocument<Snapshot>(clientOf(sandbox, "reader"), {
      ...collection,
      id: "dev",
    });
    assert.equal(read?.text, "2");
    const listed = await listDocuments(ado, collection);
    assert.equal(listed.length, 1);
    assert.deepEqual(await findDocuments(ado, collection), listed);
    assert.equal(await getDocument(ado, { ...collection, id: "prod" }), undefined);
  });

  it("are not replaced by who has read an older one", async () => {
    const ado = clientOf(sandbox, "connector");
    const document = { id: "staging", text: "1" };
    const first = await setDocument<Snapshot>(ado, { ...collection, document });
    await setDocument<Snapshot>(ado, { ...collection, document: { ...first, text: "2" } });
    await assert.rejects(setDocument<Snapshot>(ado, { ...collection, document: first }));
  });
});
