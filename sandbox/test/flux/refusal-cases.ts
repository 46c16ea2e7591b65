import assert from "node:assert/strict";
import type { Seen, World } from "./flux-world.ts";
import {
  appliedAt,
  condition,
  configMap,
  configMapAt,
  deployment,
  gitRepository,
  kustomization,
  kustomizationAt,
  namespace,
  readyReason,
  shownConditions,
  findCondition,
} from "./flux-objects.ts";

export function refusalCases(world: () => World): void {
  async function refused(name: string, files: Readonly<Record<string, string>>, reason: string) {
    const commit = await world().push(name, files);
    await world().apply(gitRepository(world(), name), kustomization(name));
    const seen = await world().until(
      kustomizationAt(name),
      (one) =>
        readyReason(reason)(one) &&
        findCondition(one, "Reconciling")?.reason === "ProgressingWithRetry",
    );
    return { seen, message: condition(seen, "Ready").message, commit };
  }

  it("does not build: a kustomization lists a file that is not there", async () => {
    const { seen, message, commit } = await refused(
      "no-build",
      { "deploy/kustomization.yaml": "resources: [absent.yaml]\n" },
      "BuildFailed",
    );
    assert.match(message, /^kustomize build failed: accumulating resources: .*absent\.yaml/);
    assert.equal(seen.status.lastAttemptedRevision, `no-build@sha1:${commit}`);
    assert.equal(seen.status.lastAppliedRevision, undefined);
    assert.equal(seen.status.observedGeneration, -1);
    assert.deepEqual(shownConditions(seen), [
      "Reconciling=True ProgressingWithRetry",
      "Ready=False BuildFailed",
    ]);
  });

  it("does not build: a file is no YAML", async () => {
    const { message } = await refused(
      "no-yaml",
      { "deploy/bad.yaml": "a: [1\nb: }\n" },
      "BuildFailed",
    );
    assert.match(message, /^failed to decode Kubernetes YAML from .*\/deploy\/bad\.yaml: /);
  });

  it("does not find its path", async () => {
    const { message } = await refused("no-path", { "other/a.yaml": "" }, "ArtifactFailed");
    assert.match(
      message,
      /^kustomization path not found: stat .*\/deploy: no such file or directory$/,
    );
  });

  it("is told that required fields are missing, and applies nothing of that stage", async () => {
    const { seen, message } = await refused(
      "no-fields",
      {
        "deploy/ns.yaml": namespace("no-fields"),
        "deploy/map.yaml": configMap("no-fields", "settings"),
        "deploy/api.yaml": deployment("no-fields", {
          spec: { selector: null, template: { spec: { containers: [] } } },
        }),
      },
      "ReconciliationFailed",
    );
    assert.match(
      message,
      /^Deployment\/no-fields\/api dry-run failed \(Invalid\): Deployment\.apps "api" is invalid: \[spec\.selector: Required value, /,
    );
    assert.match(message, /spec\.template\.spec\.containers: Required value/);
    assert.match(message, /\nNamespace\/no-fields created\n?$/);
    assert.equal(await world().get(configMapAt("no-fields", "settings")), undefined);
    assert.equal(seen.status.lastAppliedRevision, undefined);
  });

  it("is told that a selector may not change, and goes on once it is put back", async () => {
    const { push, apply, until } = world();
    const at = kustomizationAt("no-change");
    const files = (app: string) => ({
      "deploy/ns.yaml": namespace("no-change"),
      "deploy/api.yaml": deployment("no-change", { app }),
    });
    const first = await push("no-change", files("api"));
    await apply(gitRepository(world(), "no-change"), kustomization("no-change"));
    await until(at, appliedAt(`no-change@sha1:${first}`));
    const second = await push("no-change", files("other"));
    const seen = await until(at, readyReason("ReconciliationFailed"));
    assert.equal(
      condition(seen, "Ready").message.split("\n")[0],
      `Deployment/no-change/api dry-run failed (Invalid): Deployment.apps "api" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable`,
    );
    assert.equal(seen.status.lastAppliedRevision, `no-change@sha1:${first}`);
    assert.equal(seen.status.lastAttemptedRevision, `no-change@sha1:${second}`);
    const third = await push("no-change", files("api"));
    await until(at, appliedAt(`no-change@sha1:${third}`));
  });

  it("is told which field has the wrong type", async () => {
    const { message } = await refused(
      "no-number",
      {
        "deploy/api.yaml": deployment("default", { name: "no-number", spec: { replicas: "two" } }),
      },
      "ReconciliationFailed",
    );
    assert.equal(
      message.split("\n")[0],
      "Deployment/default/no-number dry-run failed: failed to create typed patch object (default/no-number; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got string",
    );
  });

  it("is not told of a field that a built-in kind does not have: Flux drops it", async () => {
    const { push, apply, until } = world();
    const text = deployment("default", { name: "no-field", spec: { replicaz: 2 } });
    const commit = await push("no-field", { "deploy/api.yaml": text });
    await apply(gitRepository(world(), "no-field"), kustomization("no-field"));
    await until(kustomizationAt("no-field"), appliedAt(`no-field@sha1:${commit}`));
  });

  it("is told what a Flux object lacks", async () => {
    const { message } = await refused(
      "no-interval",
      {
        "deploy/ks.yaml":
          "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: lacking, namespace: default }\nspec: { prune: true, sourceRef: { kind: Git, name: a } }\n",
      },
      "ReconciliationFailed",
    );
    assert.match(
      message,
      /^Kustomization\/default\/lacking dry-run failed \(Invalid\): Kustomization\.kustomize\.toolkit\.fluxcd\.io "lacking" is invalid: \[spec\.sourceRef\.kind: Unsupported value: "Git": supported values: .*, spec\.interval: Required value, /,
    );
  });

  it("is told that a namespace is missing", async () => {
    const { message } = await refused(
      "no-namespace",
      { "deploy/map.yaml": configMap("nowhere", "settings") },
      "ReconciliationFailed",
    );
    assert.equal(
      message.split("\n")[0],
      'ConfigMap/nowhere/settings not found: namespaces "nowhere" not found',
    );
  });

  it("is told that a kind is not known", async () => {
    const { message } = await refused(
      "no-kind",
      {
        "deploy/thing.yaml":
          "apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a, namespace: default }\n",
      },
      "ReconciliationFailed",
    );
    assert.equal(
      message.split("\n")[0],
      'Thing/default/a dry-run failed: no matches for kind "Thing" in version "example.com/v1"',
    );
  });

  it("does not find its source", async () => {
    await world().apply(kustomization("no-source"));
    const seen: Seen = await world().until(
      kustomizationAt("no-source"),
      readyReason("ArtifactFailed"),
    );
    assert.equal(
      condition(seen, "Ready").message,
      'GitRepository.source.toolkit.fluxcd.io "no-source" not found',
    );
  });
}
