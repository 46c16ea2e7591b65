import assert from "node:assert/strict";
import type { Connector } from "../../connector/connector.ts";
import type { Mode } from "../../core/connector-config/config.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createFinder } from "../../connector/reconcilers/find-waits.ts";
import type { CommitStatus, Timeline } from "../../core/azure-devops/types.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { pipelinesWith, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { aConnector } from "./a-connector.ts";

const yaml = (environment: string) => `
trigger: none
jobs:
  - job: wait
    pool: server
    steps:
      - task: WaitForFlux@1
        inputs: { repository: app, commit: $(Build.SourceVersion), delivery: shop, environment: ${environment} }
`;
const definition = (name: string) => ({
  ...{ name, project: "shop", repository: "app", yamlPath: `${name}.yml` },
});

describe("a letter that nothing comes of", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "prd.yml": yaml("prd"), "dev.yml": yaml("dev"), "dev/a.yaml": "a: 0\n" },
      seed: { definitions: [definition("prd"), definition("dev")] },
    });
  });
  after(() => pipelines.sandbox.close());

  let commits = 0;
  /** A run that waits, on a commit of its own. */
  async function waiting(id: number) {
    const url = `${pipelines.sandbox.organisationUrl}/shop/_git/app`;
    const files = { "dev/a.yaml": `a: ${(commits += 1)}\n` };
    const commit = await gitPush(url, { as: "admin", files });
    const run = await pipelines.start(id);
    await pipelines.waiting(run.id);
    const end = async () => {
      await pipelines.complete(run.id, "failed");
      await pipelines.ended(run.id);
    };
    return { commit, end, run };
  }

  /** What the waiting task's log says, without times. */
  async function logOf({ id }: { readonly id: number }): Promise<readonly string[]> {
    const builds = `shop/_apis/build/builds/${id}`;
    const { records } = await pipelines.rest.get<Timeline>(`${builds}/timeline`);
    const log = records.find(({ task }) => task?.name === "WaitForFlux")?.log?.id;
    if (log === undefined) return [];
    const { value } = await pipelines.rest.get<{ value: readonly string[] }>(
      `${builds}/logs/${log}`,
    );
    // What the task itself wrote is of its request.
    return value
      .map((line) => line.replace(/^\S+Z /, ""))
      .filter((line) => !/^(POST|Response)/.test(line));
  }

  type Change = (config: Connector["config"]) => Partial<Connector["config"]>;

  /** One look of a connector that has just started. */
  async function look(of: {
    readonly mode?: Mode;
    readonly others?: readonly string[];
    readonly change?: Change;
  }) {
    const { mode = "full", others = [], change = () => ({}) } = of;
    const made = await aConnector(pipelines.sandbox, { mode, repository: "app" });
    const { config } = made.connector;
    const connector = { ...made.connector, config: { ...config, ...change(config) } };
    const repository: ManifestsRepository = {
      ...made.repository,
      config: { ...made.repository.config, otherEnvironments: others },
    };
    const finder = createFinder(connector, {
      ...{ known: () => false, holds: () => false, found: () => assert.fail("was accepted") },
    });
    await finder.byBuilds(repository);
    return made.said;
  }

  async function answers(commit: string): Promise<readonly string[]> {
    const path = `shop/_apis/git/repositories/app/commits/${commit}/statuses`;
    const { value } = await pipelines.rest.get<{ value: readonly CommitStatus[] }>(path);
    const [letter] = value.toSorted((a, b) => a.id - b.id);
    return value
      .filter(({ id }) => id !== letter?.id)
      .map(({ state, context, targetUrl, description }) => {
        assert.deepEqual([context, targetUrl], [letter?.context, letter?.targetUrl]);
        return `${state}: ${description}`;
      });
  }

  it("is answered once where no connector serves its environment", async () => {
    const { commit, end, run } = await waiting(1);
    const text =
      "no connector serves prd, as far as this one's configuration tells; known: dev, prod";
    assert.deepEqual(await answers(commit), []);
    await look({ mode: "statuses" });
    assert.deepEqual(await answers(commit), []);
    const said = await look({
      change: ({ environments: [dev] }) => ({
        environments: dev ? [dev, { ...dev, name: "prod" }] : [],
      }),
    });
    assert.deepEqual(await answers(commit), [`pending: ${text}`]);
    const [line = "", next = ""] = await logOf(run);
    assert.equal(line.replace(/\w{8}: /, ""), `Letter wait/shop/prd on ${text}`);
    assert.match(next, /^Nothing resumes this task/);
    assert.ok(said.includes(`Letter refused: ${text}`), said.join("\n"));
    await look({
      change: ({ environments: [dev] }) => ({
        environments: dev ? [dev, { ...dev, name: "prod" }] : [],
      }),
    });
    assert.equal((await answers(commit)).length, 1);
    await end();
  });

  it("is left to the connector that the configuration names another's", async () => {
    const { commit, end } = await waiting(1);
    const said = await look({ others: ["prd"] });
    assert.deepEqual(await answers(commit), []);
    assert.doesNotMatch(said.join("\n"), /refused/);
    await end();
  });

  it("is told why where it was refused, in the task's log too, once", async () => {
    const { commit, end, run } = await waiting(2);
    const change: Change = ({ environments }) => ({
      environments: environments.map((one) => ({ ...one, definitions: [99] })),
    });
    await look({ mode: "statuses", change });
    assert.deepEqual(await logOf(run), []);
    await look({ change });
    await look({ change });
    const [answer, ...more] = await answers(commit);
    assert.match(answer ?? "", /^pending: Refused: .*does not name one environment/);
    assert.equal(more.length, 0);
    const [line = "", next = "", ...others] = await logOf(run);
    assert.match(
      line,
      /^Letter wait\/shop\/dev on \w{8}: Refused: .*does not name one environment/,
    );
    assert.match(
      next,
      /^Nothing resumes this task while that is so\. .*configuration.*run the stage again/,
    );
    assert.deepEqual(others, []);
    await end();
  });

  it("is told so where the run's own build service has posted two for one task", async () => {
    const { commit, end, run } = await waiting(2);
    const path = `shop/_apis/git/repositories/app/commits/${commit}/statuses`;
    const { value } = await pipelines.rest.get<{ value: readonly CommitStatus[] }>(path);
    const { state, description, targetUrl } = value[0] ?? assert.fail("there is no letter");
    const context = { genre: "fluxgate", name: "wait/web/dev" };
    const job = restOf(pipelines.sandbox, "build");
    await job.send("POST", path, { state, description, targetUrl, context });
    await look({
      change: ({ environments }) => ({
        environments: environments.map((one) => ({ ...one, definitions: [2] })),
      }),
    });
    const said = (await logOf(run)).filter((line) => line.startsWith("Letter"));
    assert.equal(said.length, 2, said.join("\n"));
    for (const line of said)
      assert.match(line, /Refused: task \S+ has another letter: wait\/\w+\/dev/);
    await end();
  });
});
