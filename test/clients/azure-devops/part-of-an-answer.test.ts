import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { readChangedPaths } from "../../../clients/azure-devops/diffs.ts";
import { listDocuments } from "../../../clients/azure-devops/extension-data.ts";
import { listStatuses } from "../../../clients/azure-devops/statuses.ts";
import { type Answer, answering, json } from "../answering-server.ts";

const repo = { project: "shop", repository: "manifests" };
const commit = "0".repeat(40);

async function asked<T>(
  answer: Answer,
  ask: (ado: ReturnType<typeof connectAzureDevOps>) => Promise<T>,
): Promise<T> {
  const server = await answering(answer);
  try {
    return await ask(
      connectAzureDevOps({ organisationUrl: server.url, token: () => Promise.resolve("t") }),
    );
  } finally {
    await server.close();
  }
}

describe("a part of an answer", () => {
  const changes = { repo, base: commit, target: commit };
  it("is no empty difference", async () => {
    const without = json(200, { commonCommit: commit, allChangesIncluded: true });
    const code = { code: "odd-answer" };
    await assert.rejects(
      asked(without, (ado) => readChangedPaths(ado, changes)),
      code,
    );
    const more = json(200, { commonCommit: commit, allChangesIncluded: false, changes: [] });
    await assert.rejects(
      asked(more, (ado) => readChangedPaths(ado, changes)),
      code,
    );
  });

  it("is no list of statuses that ends by itself", async () => {
    const page = json(200, { value: Array.from({ length: 1000 }, (_, id) => ({ id })) });
    const code = { code: "list-too-long" };
    await assert.rejects(
      asked(page, (ado) => listStatuses(ado, { repo, commit })),
      code,
    );
  });

  it("is no empty collection where the extension itself is not found", async () => {
    const of = { publisher: "fluxgate", extension: "fluxgate", collection: "c" };
    const absent = (typeKey: string) => json(404, { typeKey, message: "It is not there." });
    const none = absent("DocumentCollectionDoesNotExistException");
    assert.deepEqual(await asked(none, (ado) => listDocuments(ado, of)), []);
    const gone = absent("ExtensionDoesNotExistException");
    await assert.rejects(
      asked(gone, (ado) => listDocuments(ado, of)),
      { status: 404 },
    );
  });
});
