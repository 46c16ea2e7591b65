import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import {
  pipelinesWith,
  type Pipelines,
} from "../../../sandbox/test/pipelines/pipelines-harness.ts";
import { run } from "../../../tasks/FindLastRun/run.ts";
import { gitPush } from "../../../sandbox/test/support/git-push.ts";

const publishing = `trigger: none
steps:
  - checkout: none
  - bash: echo '{}' > list.json
  - publish: list.json
    artifact: image-tags
`;
const silent = "trigger: none\nsteps: [{ checkout: none }, { bash: exit 0 }]\n";

describe("FindLastRun", () => {
  let pipelines: Pipelines;
  /** Seen like this run itself would be. */
  let own: number;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": silent.replace("exit 0", "exit 1") } });
    own = (await pipelines.start()).id;
    await pipelines.ended(own);
  });
  after(() => pipelines.sandbox.close());

  async function look(branch = "refs/heads/main", build = own) {
    const log: string[] = [];
    const line = (text: string) => void log.push(text);
    const { organisationUrl } = pipelines.sandbox;
    const ado = connectAzureDevOps({
      ...{ organisationUrl, kind: "pat", token: async () => "sandbox-developer" },
      sleep: async () => undefined,
    });
    const { outputs } = await run(
      {
        branch,
        artefact: "image-tags",
        organisationUrl,
        project: "shop",
        definition: 1,
        build,
      },
      { ado, log: { info: line, warn: line, debug: line } },
    );
    return { ...outputs, log: log.join("\n") } as { runId: string; artefact: string; log: string };
  }
  const url = () => `${pipelines.sandbox.organisationUrl}/shop/_git/app`;
  let pushes = 0;
  async function runs(yaml: string) {
    await gitPush(url(), { files: { "ci.yml": `# ${(pushes += 1)}\n${yaml}` } });
    const { id } = await pipelines.start();
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    return String(id);
  }
  const faults = (body: unknown) =>
    fetch(`${pipelines.sandbox.organisationUrl}/_apis/sandbox/faults`, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json",
        Authorization: `Basic ${Buffer.from(":sandbox-admin").toString("base64")}`,
      },
      body: JSON.stringify(body),
    });

  it("says that there is none only after an answer that holds none", async () => {
    const { runId, log } = await look();
    assert.equal(runId, "");
    assert.match(log, /There is no last run of main/);
  });

  it("takes no empty list of who may not see runs for an answer", async () => {
    await assert.rejects(look("refs/heads/main", 4711), {
      code: "permission-missing",
      message: /the list of runs is empty, and this job may not see its own run 4711$/,
      hint: /^Allow "View builds" for the build service \("<project> Build Service/,
    });
  });

  it("passes over runs without the artefact, and names them", async () => {
    await runs(silent);
    const none = await look();
    assert.equal(none.runId, "");
    assert.match(none.log, /holds no image-tags/);
    const good = await runs(publishing);
    await runs(silent);
    const found = await look();
    assert.deepEqual([found.runId, found.artefact], [good, "image-tags"]);
    assert.equal((await look("refs/heads/other")).runId, "");
  });

  it("asks again when the service is away for a moment", async () => {
    await faults({ path: "/_apis/build/builds", unavailable: { remaining: 1 } });
    assert.notEqual((await look()).runId, "");
  });

  it("stops with the reason when the service stays away", async () => {
    await faults({ path: "/_apis/build/builds", unavailable: { remaining: 1000 } });
    await assert.rejects(look(), {
      code: "last-run-unknown",
      message: /find the last run of main/,
    });
    await faults({});
  });

  it("stops with the reason when it cannot see what a run holds", async () => {
    await faults({ path: "/artifacts", unavailable: { remaining: 1000 } });
    await assert.rejects(look(), {
      code: "last-run-unknown",
      message: /list the artefacts of run/,
    });
    await faults({});
  });
});
