import assert from "node:assert/strict";
import { pino } from "pino";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { findCodeCommit } from "../../connector/reconcilers/code-commit.ts";

const own = "a".repeat(40);
const checked = "b".repeat(40);
const build = {
  ...{ id: 7, buildNumber: "7", status: "inProgress", sourceBranch: "refs/heads/main" },
  sourceVersion: own,
  definition: { id: 2, name: "shop-cd" },
  project: { id: "p", name: "shop" },
  repository: { id: "code", type: "TfsGit" },
} as unknown as Build;
const trailers = (commit: string) => ({
  source: `shop@${commit}`,
  ...{ run: "", delivery: "shop", environment: "dev" },
});

describe("the code commit of a deployment", () => {
  function ask(commit: string | undefined, answers: Readonly<Record<string, unknown>>) {
    const asked: string[] = [];
    const ado = connectAzureDevOps({
      organisationUrl: "https://dev.azure.com/fabrikam",
      token: async () => "t",
      attempts: 1,
      fetch: async (input) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        asked.push(pathname);
        const found = Object.entries(answers).find(([end]) => pathname.endsWith(end));
        return found ? Response.json(found[1]) : Response.json({ message: "no" }, { status: 403 });
      },
    });
    const at = { build, trailers: commit === undefined ? undefined : trailers(commit) };
    return findCodeCommit({ ado, log: pino({ level: "silent" }) }, at).then((found) => ({
      found,
      asked,
    }));
  }
  const consumed = {
    "/runs/7": { resources: { pipelines: { ci: { pipeline: { id: 1 }, version: "5" } } } },
    "/build/builds": {
      value: [{ ...build, id: 5, sourceVersion: checked, repository: { id: "code" } }],
    },
  };

  it("is the run's own without a call, where nobody names another", async () => {
    const expected = { found: { repository: "code", commit: own }, asked: [] };
    assert.deepEqual(await ask(undefined, {}), expected);
    assert.deepEqual(await ask(own, {}), expected);
  });

  it("is that of the CI run which the service says is consumed", async () => {
    const { found } = await ask(checked, consumed);
    assert.deepEqual(found, { repository: "code", commit: checked });
  });

  it("is nobody's where only the trailers name it, or the service does not say", async () => {
    assert.equal((await ask("c".repeat(40), consumed)).found, undefined);
    assert.equal((await ask(checked, {})).found, undefined);
  });
});
