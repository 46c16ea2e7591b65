import assert from "node:assert/strict";
import { listBuilds } from "../../../clients/azure-devops/builds.ts";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listPipelineEnvironments } from "../../../clients/azure-devops/pipeline-environments.ts";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import { type Answer, answering, json } from "../answering-server.ts";

const page = (ids: readonly number[], token?: string) =>
  json(
    200,
    { value: ids.map((id) => ({ id, name: `${id}` })) },
    token === undefined ? {} : { "x-ms-continuationtoken": token },
  );

async function asked<T>(
  answers: readonly Answer[],
  ask: (ado: ReturnType<typeof connectAzureDevOps>) => Promise<T>,
) {
  const server = await answering(...answers);
  try {
    const token = () => Promise.resolve("t");
    const found = await ask(connectAzureDevOps({ organisationUrl: server.url, token }));
    const tokens = server.requests.map(({ url }) =>
      new URL(url, server.url).searchParams.get("continuationToken"),
    );
    return { found, tokens };
  } finally {
    await server.close();
  }
}

describe("a list with a continuation token", () => {
  it("is asked for page by page until none is named", async () => {
    const pages = [page([1, 2], "a&b"), page([3])];
    const repo = { project: "shop", repository: "manifests" };
    const refs = await asked(pages, (ado) => listRefs(ado, { repo, filter: "heads/" }));
    assert.deepEqual(
      refs.found.map(({ name }) => name),
      ["1", "2", "3"],
    );
    assert.deepEqual(refs.tokens, [null, "a&b"]);
    const all = await asked(pages, (ado) => listPipelineEnvironments(ado, { project: "shop" }));
    assert.deepEqual(
      all.found.map(({ id }) => id),
      [1, 2, 3],
    );
  });

  it("is asked for no page that nobody wants", async () => {
    const { found, tokens } = await asked([page([1, 2, 3], "more")], (ado) =>
      listBuilds(ado, { project: "shop", status: "all", top: 2 }),
    );
    assert.deepEqual([found.map(({ id }) => id), tokens], [[1, 2], [null]]);
  });

  it("of environments is refused where it has no end", async () => {
    const endless = asked([page([1], "again")], (ado) =>
      listPipelineEnvironments(ado, { project: "shop" }),
    );
    await assert.rejects(endless, { code: "list-too-long", message: /has no end/ });
  });
});
