import assert from "node:assert/strict";
import { pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const steps = "steps: [{ checkout: none }, { bash: echo }]";
const cases: Readonly<Record<string, readonly [yaml: string, message: RegExp]>> = {
  "a key that the sandbox does not know": [
    `trigger: none\njobs:\n  - job: a\n    strategy2: x\n    ${steps}\n`,
    /^\/unknown\.yml \(Line: 4, Col: 5\): Unexpected value 'strategy2'/,
  ],
  "a template that is not there": [
    "trigger: none\nstages:\n  - template: absent.yml\n",
    /File \/absent\.yml not found in repository app/,
  ],
  "an expression that cannot be read": [
    `trigger: none\nvariables:\n  a: \${{ eq(1 }}\n${steps}\n`,
    /\.yml \(Line: 3, Col: 6\): Unclosed function/,
  ],
  "a deployment job on the server": [
    "trigger: none\njobs:\n  - deployment: a\n    pool: server\n    environment: dev\n",
    /\(Line: 3, Col: 5\): a deployment job on pool: server/,
  ],
  "a schedule": [
    `schedules: [{ cron: "0 0 * * *" }]\n${steps}\n`,
    /`schedules` of the pipeline is not done in the sandbox/,
  ],
  "a container": [
    `jobs:\n  - job: a\n    container: ubuntu:24.04\n    ${steps}\n`,
    /`container` of a job is not done in the sandbox: it has no container engine/,
  ],
  "an agent that is not Linux": [
    `pool: { vmImage: windows-latest }\n${steps}\n`,
    /the sandbox's agents are Linux/,
  ],
  "a rolling strategy": [
    "jobs:\n  - deployment: a\n    environment: e\n    strategy:\n      rolling: {}\n",
    /`rolling` of strategy is not done in the sandbox/,
  ],
  "a task that only the service has": [
    "steps:\n  - task: Npm@1\n",
    /The sandbox has no task Npm@1/,
  ],
  "a parameter without a value": [
    `trigger: none\nparameters: [{ name: must, type: string }]\n${steps}\n`,
    /A value for the 'must' parameter must be provided/,
  ],
};

const whileRunning: typeof cases = {
  "a task that is not installed": [
    "trigger: none\nsteps: [{ checkout: none }, { task: Absent@3 }]\n",
    /A task is missing\. The pipeline references a task called 'Absent'/,
  ],
  "a repository that the job's token does not reach": [
    `trigger: none
steps:
  - checkout: none
  - bash: |
      git -c http.extraheader="AUTHORIZATION: bearer $TOKEN" ls-remote $(System.CollectionUri)shop/_git/other
    env: { TOKEN: $(System.AccessToken) }
`,
    /TF401019|not found/,
  ],
  "a variable group that is not there": [
    `trigger: none\nvariables: [{ group: absent }]\n${steps}\n`,
    /Variable group absent could not be found/,
  ],
  "a step that takes too long": [
    "trigger: none\nsteps: [{ checkout: none }, { bash: sleep 60, timeoutInMinutes: 0.01 }]\n",
    /The task has timed out/,
  ],
};

describe("a pipeline with a fault", () => {
  let pipelines: Pipelines;
  const all = Object.entries({ ...cases, ...whileRunning });
  const fileOf = (what: string) =>
    what === Object.keys(cases)[0] ? "unknown.yml" : `${what.replaceAll(/\W+/g, "-")}.yml`;
  before(async () => {
    pipelines = await pipelinesWith({
      app: Object.fromEntries(all.map(([what, [yaml]]) => [fileOf(what), yaml])),
      repositories: { other: { "README.md": "" } },
      seed: {
        definitions: all.map(([what]) => ({
          name: what,
          project: "shop",
          repository: "app",
          yamlPath: fileOf(what),
        })),
      },
    });
  });
  after(() => pipelines.sandbox.close());

  for (const [index, [what, [, message]]] of all.entries()) {
    it(`fails and says why: ${what}`, async () => {
      const run = await pipelines.ended((await pipelines.start(index + 1)).id);
      assert.equal(run.result, "failed");
      const said = run.validationResults.map((one) => one.message).join("\n");
      assert.match(said || (await pipelines.log(run.id)), message);
    });
  }
});
