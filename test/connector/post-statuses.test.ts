import assert from "node:assert/strict";
import { createPoster } from "../../connector/reconcilers/post-statuses.ts";
import type { CommitStatus, NewCommitStatus } from "../../core/azure-devops/types.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { eventually } from "../support/eventually.ts";
import { aConnector } from "./a-connector.ts";

describe("statuses that the connector posts", () => {
  let sandbox: Sandbox;
  let commit: string;
  let count = 0;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "" } }]);
  });
  after(() => sandbox.close());
  beforeEach(async () => {
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    commit = await gitPush(url, { files: { "dev/a.yaml": `a: ${(count += 1)}\n` } });
  });

  const path = () => `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
  async function posted(): Promise<readonly string[]> {
    const { value } = await restOf(sandbox, "reader").get<{ value: readonly CommitStatus[] }>(
      path(),
    );
    return [...value]
      .sort((a, b) => a.id - b.id)
      .map(({ context, state, description }) => `${context.name} ${state} ${description}`);
  }

  it("are only those that differ from what it said last", async () => {
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "statuses", repository: "manifests" },
    });
    const { post } = createPoster(connector);
    const pending = [status("dev", "pending", "fetched")];
    await post(repository, commit, pending);
    assert.deepEqual(await posted(), [], "what may be over at the next look is not said");
    const lasts = async () => {
      await post(repository, commit, pending);
      return (await posted()).length > 0 || undefined;
    };
    await eventually("a pending state that lasts", lasts, { withinMs: 10_000, everyMs: 50 });
    await post(repository, commit, [
      status("dev", "succeeded", "applied"),
      status("shop/dev", "succeeded", "applied"),
    ]);
    await post(repository, commit, [
      status("dev", "succeeded", "applied"),
      status("shop/dev", "failed", "ImagePullBackOff"),
    ]);
    assert.deepEqual(await posted(), [
      "dev pending fetched",
      "dev succeeded applied",
      "shop/dev succeeded applied",
      "shop/dev failed ImagePullBackOff",
    ]);
    const { values } = await connector.metrics.statuses.get();
    assert.deepEqual(
      values.map(({ labels, value }) => [labels.state, value]),
      [
        ["pending", 1],
        ["succeeded", 2],
        ["failed", 1],
      ],
    );
  });

  it("of a rollout's steps are the first that lasts and its end, not each", async () => {
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "statuses", repository: "manifests" },
    });
    const { config } = connector;
    // Any time has lasted for some looks of none, and no time for some of an hour.
    const { post } = createPoster({
      ...connector,
      config: { ...config, timings: { ...config.timings, look: 0 } },
    });
    await post(repository, commit, [status("dev", "pending", "fetched")]);
    assert.deepEqual(await posted(), ["dev pending fetched"]);
    const { post: postLater } = createPoster({
      ...connector,
      config: { ...config, timings: { ...config.timings, look: 3_600_000 } },
    });
    for (const step of ["applied", "1 of 2 pods", "2 of 2 pods"]) {
      await postLater(repository, commit, [
        status("dev", "pending", step),
        status("shop/dev", "pending", step),
      ]);
    }
    await postLater(repository, commit, [status("dev", "succeeded", "healthy")]);
    assert.deepEqual(await posted(), [
      "dev pending fetched",
      "dev pending applied",
      "dev succeeded healthy",
    ]);
  });

  it("are not posted again by a connector that was started anew", async () => {
    const all = [status("dev", "succeeded", "applied")];
    for (let life = 1; life <= 2; life += 1) {
      const { connector, repository } = await aConnector(sandbox, {
        ...{ mode: "statuses", repository: "manifests" },
      });
      await createPoster(connector).post(repository, commit, all);
    }
    assert.deepEqual(await posted(), ["dev succeeded applied"]);
  });

  it("stand beside what somebody else posted under the same name", async () => {
    await restOf(sandbox, "developer").send("POST", path(), {
      ...status("dev", "succeeded", "applied"),
    });
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "statuses", repository: "manifests" },
    });
    const { post } = createPoster(connector);
    await post(repository, commit, [status("dev", "succeeded", "applied")]);
    assert.equal((await posted()).length, 2);
  });

  it("of what is only said while it fails are its failure and its end", async () => {
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "statuses", repository: "manifests" },
    });
    const { post } = createPoster(connector);
    const rare = (name: string, state: NewCommitStatus["state"]) => ({
      ...status(name, state, state),
      onlyWhileFailing: true as const,
    });
    for (const states of [["succeeded"], ["failed", "succeeded"], ["succeeded", "succeeded"]]) {
      const [one = "succeeded", other = "succeeded"] = states as NewCommitStatus["state"][];
      await post(repository, commit, [rare("dev/a", one), rare("dev/b", other)]);
    }
    assert.deepEqual(await posted(), ["dev/a failed failed", "dev/a succeeded succeeded"]);
  });

  it("are only written to the log, each once, in mode observe", async () => {
    const { connector, repository, said } = await aConnector(sandbox, {
      ...{ mode: "observe", repository: "manifests" },
    });
    const { post } = createPoster(connector);
    await post(repository, commit, [status("dev", "failed", "BuildFailed")]);
    await post(repository, commit, [status("dev", "failed", "BuildFailed")]);
    await post(repository, commit, [status("dev", "succeeded", "applied")]);
    assert.deepEqual(await posted(), []);
    assert.deepEqual(said, ["Would post failed: BuildFailed", "Would post succeeded: applied"]);
  });
});

function status(
  name: string,
  state: NewCommitStatus["state"],
  description: string,
): NewCommitStatus {
  return { state, description, context: { genre: "fluxgate", name } };
}
