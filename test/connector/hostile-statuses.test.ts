import assert from "node:assert/strict";
import { updateRef } from "../../clients/azure-devops/refs.ts";
import { createFinder } from "../../connector/reconcilers/find-waits.ts";
import { taskLogUrl } from "../../core/azure-devops/urls.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import type { IdentityName } from "../../sandbox/test/support/sandbox-with.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { clientOf } from "../support/sandbox.ts";
import { aConnector } from "./a-connector.ts";

const task = "af08acd5-c28a-5b03-f5a9-06f9a40627bb";
const atOnce = 20;

describe("hostile statuses by the hundred", function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let commit: string;
  let look: () => Promise<number>;
  let judged: () => readonly string[];
  let remembered: () => number;
  before(async () => {
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [{ name: "shop", repositories: [{ name: "manifests", files: { a: "" } }] }],
      },
      parts: [createPipelines({ seed: { definitions: [] }, extensionDirectory: "." })],
    });
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    commit = await gitPush(url, { files: { "dev/a.yaml": "a: 1\n" } });
    const { connector, repository, said } = await aConnector(sandbox, {
      ...{ mode: "full", repository: "manifests" },
    });
    await updateRef(clientOf(sandbox, "build"), {
      repo: repository.ref,
      name: "refs/heads/fluxgate/shop/dev/42",
      oldObjectId: "0".repeat(40),
      newObjectId: commit,
    });
    const nothing = { known: () => false, holds: () => false, found: () => assert.fail("a wait") };
    // Those of the test would forget a letter before all of them are posted.
    const timings = { ...connector.config.timings, letters: 15_000, discovery: 120_000 };
    const config = { ...connector.config, timings };
    const finder = createFinder({ ...connector, config }, nothing);
    const calls = async () =>
      (await connector.metrics.calls.get()).values.reduce((sum, { value }) => sum + value, 0);
    look = async () => {
      const begun = await calls();
      await finder.byBranches(repository);
      return (await calls()) - begun;
    };
    judged = () => said.filter((line) => line.startsWith("Letter refused"));
    remembered = finder.remembered;
  });
  after(() => sandbox.close());

  type Status = {
    readonly context: object;
    readonly description?: string;
    readonly state?: string;
  };

  async function post(as: IdentityName, statuses: readonly (Status & { targetUrl?: string })[]) {
    const rest = restOf(sandbox, as);
    const path = `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
    for (let from = 0; from < statuses.length; from += atOnce) {
      const some = statuses.slice(from, from + atOnce);
      await Promise.all(some.map((one) => rest.send("POST", path, { state: "pending", ...one })));
    }
  }

  /** Letters about builds that nobody has. */
  function letters(count: number, first: number) {
    const { organisationUrl } = sandbox;
    return Array.from({ length: count }, (_, index) => ({
      description: "Waiting for Flux (timeoutInMinutes: 60)",
      context: { genre: "fluxgate", name: "wait/shop/dev" },
      targetUrl: taskLogUrl({
        ...{ organisationUrl, project: "shop", job: task, task },
        build: first + index,
      }),
    }));
  }

  it("cost one call a look, whatever stands in them, and are no letters", async () => {
    assert.equal(await look(), 1);
    const odd = [
      { context: { genre: "somebody", name: "wait/shop/dev" } },
      { context: { genre: "fluxgate", name: "shop/dev" }, state: "succeeded" },
      { context: { genre: "fluxgate", name: "wait/shop/dev" }, description: "x".repeat(4_000) },
      { context: { genre: "fluxgate", name: "wait/\ud800/dev" }, description: "\udfff\u0000" },
      { context: { genre: "fluxgate", name: "dev/west/Kustomization/flux-system/shop" } },
      { context: { genre: "fluxgate", name: "wait/__proto__/constructor" } },
    ];
    const many = Array.from({ length: 700 }, (_, index) => odd[index % odd.length]);
    await post(
      "developer",
      many.flatMap((one) => (one ? [one] : [])),
    );
    assert.equal(await look(), 1);
    assert.deepEqual(judged(), []);
  });

  it("that are letters of strangers cost none, and are said once each", async () => {
    await post("developer", letters(200, 90_000));
    assert.equal(await look(), 1);
    assert.equal(judged().length, 200);
    assert.equal(await look(), 1);
    assert.equal(judged().length, 200);
    assert.equal(remembered(), 200);
  });

  it("that a build service posts cost a look each once, and nothing after it", async () => {
    await post("build", letters(50, 95_000));
    const first = await look();
    // Build and commit are read twice, since a refusal is for ever: of a build that is not there its
    // project's list too. Then the statuses, and the word that it is refused.
    assert.ok(first <= 1 + 50 * 8, `${first} calls`);
    assert.equal(judged().length, 250);
    assert.equal(await look(), 1);
    assert.equal(judged().length, 250);
  });
});
