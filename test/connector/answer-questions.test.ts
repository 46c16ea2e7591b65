import assert from "node:assert/strict";
import type { Connector } from "../../connector/connector.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createAnswers } from "../../connector/observers/answer-questions.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import type { ObservedHealth } from "../../core/health/health.ts";
import { answeredId, questionStatus } from "../../core/run/cluster-question.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPeople } from "../../sandbox/azure-devops/identities.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { deployment } from "../support/delivery.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";
import { aConnector } from "./a-connector.ts";

const decider = createPeople("fabrikam").find(({ name }) => name === "approver")?.id ?? "";
const image = "registry.fabrikam.com/api:1";
const files = { "dev/api.yaml": deployment({ name: "api", namespace: "shop", image, env: "1" }) };

describe("a connector that another one asks", () => {
  let sandbox: Sandbox;
  let connector: Connector;
  let repository: ManifestsRepository;
  let head: string;
  let now = 0;
  let health: ObservedHealth;
  let silent: string | undefined;
  beforeEach(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files }]);
    const made = await aConnector(sandbox, { mode: "full", repository: "manifests" });
    ({ repository } = made);
    head = (await repository.head(0)) ?? "";
    [health, silent, now] = [{ state: "current" }, undefined, 1_000_000];
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    const deployed = aKustomization({
      ...{ path: "dev", revision: `main@sha1:${head}` },
      inventory: ["shop_api_apps_Deployment"],
    });
    const west = aCluster([aSource(url), deployed], async () => ({ health, images: [] }));
    const cluster = { ...west, silent: () => silent };
    connector = { ...made.connector, clusters: new Map([["west", cluster]]) };
  });
  afterEach(() => sandbox.close());

  const statusesUrl = () => `shop/_apis/git/repositories/manifests/commits/${head}/statuses`;
  const ask = (
    who: "approver" | "developer" = "approver",
    whole = false,
    paths: readonly string[] = [],
  ) =>
    restOf(sandbox, who).send<CommitStatus>(
      "POST",
      statusesUrl(),
      questionStatus({
        ...{ delivery: "shop", environment: "dev", cluster: "west", whole, paths },
        page: `${sandbox.organisationUrl}/shop/_apps/hub/x?environment=dev`,
      }),
    );
  const answersTo = async (question: CommitStatus) =>
    (await restOf(sandbox, "reader").get<{ value: CommitStatus[] }>(statusesUrl())).value
      .filter((one) => answeredId(one) === question.id)
      .sort((a, b) => a.id - b.id)
      .map(({ state, description = "" }) => `${state}: ${description}`);
  /** A life of it, looked at as often as is asked for; each look is a minute later. */
  const life = () => {
    const fresh = { ...connector, repositories: new Map([["manifests", uncached(repository)]]) };
    const answers = createAnswers(fresh, () => now);
    const [dev] = connector.config.environments;
    if (dev === undefined) throw new Error("no environment");
    return async (looks = 1) => {
      for (let look = 0; look < looks; look += 1) {
        now += 60_000;
        await answers.reconcile({ ...dev, decider });
      }
    };
  };

  it("judges the part of the environment that it is asked about", async () => {
    const look = life();
    health = { state: "failed", reason: "Error", cause: "it fails" };
    const [other, own] = [
      await ask("approver", false, ["other"]),
      await ask("approver", false, ["dev"]),
    ];
    await look(3);
    assert.deepEqual(await answersTo(other), [], "what was asked before is over");
    assert.match((await answersTo(own)).join(), /failed: Deployment/);
    const again = await ask("approver", false, ["other"]);
    await look(3);
    assert.match((await answersTo(again)).join(), /^succeeded: .* deployed in dev and healthy$/);
  });

  it("answers the question, by its id, and does not repeat itself", async () => {
    const look = life();
    const question = await ask();
    await look(3);
    const said = await answersTo(question);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^succeeded: .* is deployed in dev and healthy$/);
  });

  it("says nothing that was not asked, and does not take a stranger's question", async () => {
    const question = await ask("developer");
    await life()(2);
    assert.deepEqual(await answersTo(question), []);
  });

  it("answers a later question anew, although nothing has changed", async () => {
    const look = life();
    const first = await ask();
    await look();
    const second = await ask();
    await look();
    assert.deepEqual([(await answersTo(first)).length, (await answersTo(second)).length], [1, 1]);
  });

  it("takes it back when it is no longer so, and says it is red after the grace", async () => {
    const look = life();
    const question = await ask();
    await look();
    health = { state: "failed", reason: "CrashLoopBackOff", cause: "pod api-1: CrashLoopBackOff" };
    await look(4);
    const states = (await answersTo(question)).map((text) => text.split(":")[0]);
    assert.deepEqual(states, ["succeeded", "pending", "failed"]);
  });

  it("finds after a restart what it has said, and does not say it again", async () => {
    const question = await ask();
    await life()();
    await life()(2);
    assert.equal((await answersTo(question)).length, 1);
  });

  it("changes nothing while its cluster is silent for less than the grace, then it does", async () => {
    const look = life();
    const question = await ask();
    await look();
    silent = "no answer";
    await look(2);
    assert.equal((await answersTo(question)).length, 1);
    await look(2);
    assert.match(
      (await answersTo(question)).at(-1) ?? "",
      /^pending: .*does not answer as it should: no answer/,
    );
  });

  it("never answers what it may only watch", async () => {
    const question = await ask();
    connector = { ...connector, config: { ...connector.config, mode: "observe" } };
    await life()(2);
    assert.deepEqual(await answersTo(question), []);
  });
});

// The clock of these tests is not the one that ages what is remembered.
function uncached(repository: ManifestsRepository): ManifestsRepository {
  return {
    ...repository,
    statuses: (commit, age) => repository.statuses(commit, age === Infinity ? age : 0),
  };
}
