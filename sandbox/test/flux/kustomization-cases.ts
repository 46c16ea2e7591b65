import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import type { Seen, World } from "./flux-world.ts";
import {
  appliedAt,
  condition,
  configMap,
  configMapAt,
  fluxNamespace,
  gitRepository,
  kustomization,
  kustomizationAt,
  namespace,
  readyReason,
  shownConditions,
  findCondition,
} from "./flux-objects.ts";

export function kustomizationCases(world: () => World): void {
  /** Pushes, applies source and Kustomization, waits until the commit is applied. */
  async function deployed(name: string, files: Readonly<Record<string, string>>, spec = {}) {
    const commit = await world().push(name, files);
    await world().apply(gitRepository(world(), name), kustomization(name, spec));
    const revision = `${name}@sha1:${commit}`;
    return { revision, seen: await world().until(kustomizationAt(name), appliedAt(revision)) };
  }

  it("applies a folder without a kustomization.yaml and lists what it applied", async () => {
    const { revision, seen } = await deployed("ks-plain", {
      "deploy/ns.yaml": namespace("ks-plain"),
      "deploy/more/map.yaml": configMap("ks-plain", "settings"),
      "deploy/.fluxgate/shop.json": "{}",
    });
    assert.deepEqual(seen.status.inventory?.entries, [
      { id: "_ks-plain__Namespace", v: "v1" },
      { id: "ks-plain_settings__ConfigMap", v: "v1" },
    ]);
    assert.deepEqual(shownConditions(seen), ["Ready=True ReconciliationSucceeded"]);
    assert.equal(condition(seen, "Ready").message, `Applied revision: ${revision}`);
    assert.equal(seen.status.lastAttemptedRevision, revision);
    const newest = seen.status.history?.[0];
    assert.equal(newest?.lastReconciledStatus, "ReconciliationSucceeded");
    assert.equal(newest?.metadata.revision, revision);
    const map = await world().get(configMapAt("ks-plain", "settings"));
    assert.equal(map?.metadata.labels["kustomize.toolkit.fluxcd.io/name"], "ks-plain");
  });

  it("tells in events what it changed, and that it finished", async () => {
    await deployed("ks-events", {
      "deploy/ns.yaml": namespace("ks-events"),
      "deploy/map.yaml": configMap("ks-events", "settings"),
    });
    const messages = await eventually("the last event", async () => {
      const events = await world().list({
        apiVersion: "v1",
        kind: "Event",
        namespace: fluxNamespace,
      });
      const own = events.filter(
        ({ involvedObject: { kind, name } }: Seen) =>
          kind === "Kustomization" && name === "ks-events",
      );
      const shown = own.map(({ type, reason, message }: Seen) => `${type} ${reason} ${message}`);
      return shown.some((line) => line.includes("finished")) ? shown.sort() : undefined;
    });
    assert.deepEqual(messages.filter((line) => !line.includes("ArtifactFailed")).slice(0, 1), [
      "Normal Progressing Namespace/ks-events created\nConfigMap/ks-events/settings created",
    ]);
    assert.match(
      messages.at(-1) ?? "",
      /^Normal ReconciliationSucceeded Reconciliation finished in \S+, next run in 10m0s$/,
    );
  });

  it("moves everything to its own namespace with prefix and suffix", async () => {
    const { seen } = await deployed(
      "ks-moved",
      { "deploy/map.yaml": configMap("elsewhere", "settings") },
      { targetNamespace: "default", namePrefix: "pre-", nameSuffix: "-post" },
    );
    assert.deepEqual(seen.status.inventory?.entries, [
      { id: "default_pre-settings-post__ConfigMap", v: "v1" },
    ]);
  });

  it("prunes what is no longer in git", async () => {
    await deployed("ks-prune", {
      "deploy/ns.yaml": namespace("ks-prune"),
      "deploy/old.yaml": configMap("ks-prune", "old"),
    });
    const commit = await world().push("ks-prune", { "deploy/ns.yaml": namespace("ks-prune") });
    const seen = await world().until(
      kustomizationAt("ks-prune"),
      appliedAt(`ks-prune@sha1:${commit}`),
    );
    assert.deepEqual(seen.status.inventory?.entries, [{ id: "_ks-prune__Namespace", v: "v1" }]);
    await world().gone(configMapAt("ks-prune", "old"));
  });

  it("takes a removed field out of the object", async () => {
    const files = { "deploy/ns.yaml": namespace("ks-field") };
    await deployed("ks-field", {
      ...files,
      "deploy/map.yaml": configMap("ks-field", "settings", { a: "1", b: "2" }),
    });
    await world().push("ks-field", {
      ...files,
      "deploy/map.yaml": configMap("ks-field", "settings", { a: "1" }),
    });
    await world().until(
      configMapAt("ks-field", "settings"),
      ({ data }) => Object.keys(data).join() === "a",
    );
  });

  it("leaves everything as it is while suspended, and catches up when resumed", async () => {
    const files = { "deploy/ns.yaml": namespace("ks-suspend") };
    const { revision } = await deployed("ks-suspend", files);
    await world().apply(kustomization("ks-suspend", { suspend: true }));
    const commit = await world().push("ks-suspend", {
      ...files,
      "deploy/map.yaml": configMap("ks-suspend", "settings"),
    });
    await world().until(
      {
        ...kustomizationAt("ks-suspend"),
        kind: "GitRepository",
        apiVersion: "source.toolkit.fluxcd.io/v1",
      },
      ({ status }) => status.artifact?.revision === `ks-suspend@sha1:${commit}`,
    );
    const suspended = await world().until(
      kustomizationAt("ks-suspend"),
      ({ metadata, status }) => status.observedGeneration === metadata.generation,
    );
    assert.equal(suspended.status.lastAppliedRevision, revision);
    assert.equal(suspended.status.observedGeneration, suspended.metadata.generation);
    await world().apply(kustomization("ks-suspend", { suspend: false }));
    await world().until(kustomizationAt("ks-suspend"), appliedAt(`ks-suspend@sha1:${commit}`));
  });

  it("handles a request although nothing is new", async () => {
    await deployed("ks-asked", { "deploy/ns.yaml": namespace("ks-asked") });
    const requested = new Date().toISOString();
    await world().annotate(kustomizationAt("ks-asked"), {
      "reconcile.fluxcd.io/requestedAt": requested,
    });
    await world().until(
      kustomizationAt("ks-asked"),
      ({ status }) => status.lastHandledReconcileAt === requested,
    );
  });

  it("waits for the Kustomization that it depends on", async () => {
    const { push, apply, until } = world();
    const at = kustomizationAt("ks-dependant");
    const broken = {
      "first/a.yaml": configMap("ks-absent", "a"),
      "deploy/ns.yaml": namespace("ks-dependant"),
    };
    await push("ks-dependant", broken);
    await apply(
      gitRepository(world(), "ks-dependant"),
      kustomization("ks-dependant", { dependsOn: [{ name: "ks-first" }] }),
    );
    const missing = await until(at, readyReason("DependencyNotReady"));
    assert.equal(
      condition(missing, "Ready").message,
      `dependency 'flux-system/ks-first' not found: kustomizations.kustomize.toolkit.fluxcd.io "ks-first" not found`,
    );
    const sourceRef = { kind: "GitRepository", name: "ks-dependant" };
    await apply(kustomization("ks-first", { path: "./first", sourceRef }));
    await until(kustomizationAt("ks-first"), readyReason("ReconciliationFailed"));
    const waiting = await until(
      at,
      (one) => findCondition(one, "Ready")?.message.endsWith("is not ready") ?? false,
    );
    assert.deepEqual(shownConditions(waiting), ["Ready=False DependencyNotReady"]);
    const commit = await push("ks-dependant", {
      ...broken,
      "first/a.yaml": configMap("default", "ks-first"),
    });
    await until(at, appliedAt(`ks-dependant@sha1:${commit}`));
  });

  it("deletes what it applied when it is deleted itself", async () => {
    await deployed("ks-deleted", {
      "deploy/ns.yaml": namespace("ks-deleted"),
      "deploy/map.yaml": configMap("ks-deleted", "settings"),
    });
    await world().remove(kustomizationAt("ks-deleted"));
    await world().gone(kustomizationAt("ks-deleted"));
    await world().gone(configMapAt("ks-deleted", "settings"));
    await world().gone({ apiVersion: "v1", kind: "Namespace", name: "ks-deleted" });
  });
}
