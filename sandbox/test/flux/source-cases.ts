import assert from "node:assert/strict";
import type { World } from "./flux-world.ts";
import {
  condition,
  gitRepository,
  gitRepositoryAt,
  readyReason,
  shownConditions,
  findCondition,
} from "./flux-objects.ts";

export function sourceCases(world: () => World): void {
  it("stores an artifact of the branch's head and says its revision", async () => {
    const { push, apply, until } = world();
    const commit = await push("source-head", { "deploy/a.yaml": "" });
    await apply(gitRepository(world(), "source-head"));
    const seen = await until(gitRepositoryAt("source-head"), readyReason("Succeeded"));
    const revision = `source-head@sha1:${commit}`;
    assert.equal(seen.status.artifact?.revision, revision);
    assert.match(seen.status.artifact?.digest ?? "", /^sha256:[0-9a-f]{64}$/);
    assert.equal(seen.status.observedGeneration, 1);
    assert.deepEqual(shownConditions(seen), [
      "Ready=True Succeeded",
      "ArtifactInStorage=True Succeeded",
    ]);
    assert.equal(condition(seen, "Ready").message, `stored artifact for revision '${revision}'`);
  });

  it("fetches a new commit after its interval", async () => {
    const { push, apply, until } = world();
    const at = gitRepositoryAt("source-next");
    await push("source-next", { "deploy/a.yaml": "" });
    await apply(gitRepository(world(), "source-next"));
    await until(at, readyReason("Succeeded"));
    const second = await push("source-next", { "deploy/b.yaml": "" });
    await until(at, ({ status }) => status.artifact?.revision === `source-next@sha1:${second}`);
  });

  it("fetches at once when asked by annotation, and says which request it handled", async () => {
    const { push, apply, until, annotate } = world();
    const at = gitRepositoryAt("source-asked");
    await push("source-asked", { "deploy/a.yaml": "" });
    await apply(gitRepository(world(), "source-asked", { interval: "10m" }));
    await until(at, readyReason("Succeeded"));
    const second = await push("source-asked", { "deploy/b.yaml": "" });
    const requested = new Date().toISOString();
    await annotate(at, { "reconcile.fluxcd.io/requestedAt": requested });
    const seen = await until(
      at,
      ({ status }) => status.artifact?.revision === `source-asked@sha1:${second}`,
    );
    assert.equal(seen.status.lastHandledReconcileAt, requested);
  });

  it("says that a branch is not there, and keeps the artifact that it has", async () => {
    const { push, apply, until } = world();
    const at = gitRepositoryAt("source-moved");
    const commit = await push("source-moved", { "deploy/a.yaml": "" });
    await apply(gitRepository(world(), "source-moved"));
    await until(at, readyReason("Succeeded"));
    await apply(gitRepository(world(), "source-moved", { ref: { branch: "nowhere" } }));
    const seen = await until(at, readyReason("GitOperationFailed"));
    assert.equal(seen.status.artifact?.revision, `source-moved@sha1:${commit}`);
    assert.deepEqual(shownConditions(seen), [
      "Reconciling=True ProgressingWithRetry",
      "Ready=False GitOperationFailed",
      "FetchFailed=True GitOperationFailed",
      "ArtifactInStorage=True Succeeded",
    ]);
    assert.match(
      condition(seen, "Ready").message,
      /^failed to checkout and determine revision: .*couldn't find remote ref "refs\/heads\/nowhere"/,
    );
  });

  it("says that a sign-in was refused", async () => {
    const { push, apply, until } = world();
    const at = gitRepositoryAt("source-refused");
    await push("source-refused", { "deploy/a.yaml": "" });
    await apply(
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "wrong", namespace: "flux-system" },
        stringData: { username: "nobody", password: "nothing" },
      },
      gitRepository(world(), "source-refused", { secretRef: { name: "wrong" } }),
    );
    const seen = await until(at, (one) => findCondition(one, "FetchFailed")?.status === "True");
    assert.equal(seen.status.artifact, undefined);
    assert.match(condition(seen, "FetchFailed").message, /authentication required/);
  });

  it("says that its secret is missing", async () => {
    const { apply, until } = world();
    const at = gitRepositoryAt("source-secretless");
    await apply(gitRepository(world(), "source-secretless", { secretRef: { name: "absent" } }));
    const seen = await until(at, readyReason("AuthenticationFailed"));
    assert.equal(
      condition(seen, "Ready").message,
      `failed to get secret 'flux-system/absent': failed to get secret 'flux-system/absent': secrets "absent" not found`,
    );
  });
}
