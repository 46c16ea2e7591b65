import assert from "node:assert/strict";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { readiness } from "../../../core/flux/readiness.ts";

const groups = {
  Kustomization: "kustomize",
  HelmRelease: "helm",
  HelmRepository: "source",
} as const;

type Given = {
  readonly kind?: keyof typeof groups;
  readonly metadata?: object;
  readonly spec?: object;
  readonly ready?: object;
  readonly more?: readonly object[];
};

function look({ kind = "Kustomization", metadata, spec = {}, ready, more = [] }: Given) {
  const object = parseFluxObject({
    ...{ apiVersion: `${groups[kind]}.toolkit.fluxcd.io/v1`, kind, spec },
    metadata: { name: "a", namespace: "b", generation: 1, ...metadata },
    status: {
      observedGeneration: 1,
      conditions: [...(ready ? [{ type: "Ready", status: "False", ...ready }] : []), ...more],
    },
  });
  assert.ok(object);
  return readiness(object);
}

const suspended = (...managedFields: object[]) => ({
  spec: { suspend: true },
  metadata: { managedFields },
});
const wrote = (manager: string, time?: string) => ({
  ...{ manager, time },
  fieldsV1: { "f:spec": { "f:suspend": {} } },
});

const rows: readonly (readonly [when: string, given: Given, then: object])[] = [
  [
    "it goes",
    { metadata: { deletionTimestamp: "T" } },
    { state: "unknown", cause: "it is being deleted" },
  ],
  ["nobody looked", {}, { state: "unknown", cause: "its controller has not said anything yet" }],
  [
    "nobody has to look: there is nothing to fetch of a registry",
    { kind: "HelmRepository", spec: { type: "oci" } },
    { state: "ready" },
  ],
  [
    "a registry's controller did say something",
    { kind: "HelmRepository", spec: { type: "oci" }, ready: { reason: "X", message: "no" } },
    { state: "waiting", reason: "X", cause: "no" },
  ],
  [
    "nobody looked at an index",
    { kind: "HelmRepository" },
    { state: "unknown", cause: "its controller has not said anything yet" },
  ],
  [
    "nobody looked at what it is now",
    { metadata: { generation: 2 }, ready: { status: "True" } },
    {
      ...{ state: "progressing", reason: "Progressing" },
      cause: "its controller has not looked at generation 2 yet",
    },
  ],
  [
    "its condition says nothing",
    { ready: { status: "Unknown" } },
    { state: "progressing", reason: "", cause: "no message" },
  ],
  [
    "its condition gives a reason alone",
    { ready: { status: "Unknown", reason: "Progressing" } },
    { state: "progressing", reason: "Progressing", cause: "Progressing" },
  ],
  [
    "it fails",
    { ready: { reason: "BuildFailed", message: "no such file" } },
    {
      ...{ state: "failing", reason: "BuildFailed", cause: "no such file" },
      ...{ message: "no such file", patience: "grace", stalled: false },
    },
  ],
  [
    "it fails without a word",
    { ready: { reason: "BuildFailed" } },
    {
      ...{ state: "failing", reason: "BuildFailed", cause: "BuildFailed" },
      ...{ message: "", patience: "grace", stalled: false },
    },
  ],
  [
    "times alone differ",
    {
      ready: {
        reason: "HealthCheckFailed",
        message: "health check failed after 30.02s: timeout waiting for: [a] with a timeout of 5s?",
      },
    },
    {
      ...{ state: "failing", reason: "HealthCheckFailed", patience: "grace", stalled: false },
      cause: "health check failed: timeout waiting for: [a] with a timeout of 5s?",
      message: "health check failed after 30.02s: timeout waiting for: [a] with a timeout of 5s?",
    },
  ],
  [
    "its chart is tested",
    {
      kind: "HelmRelease",
      ready: { status: "True" },
      more: [{ type: "Reconciling", status: "True", message: "Running 'test' action" }],
    },
    { state: "progressing", reason: "Progressing", cause: "Running 'test' action" },
  ],
  [
    "its controller speaks of what it was running",
    {
      kind: "HelmRelease",
      ready: { status: "True" },
      more: [{ type: "Reconciling", status: "True", message: "Not Running 'test' action" }],
    },
    { state: "ready" },
  ],
  [
    "nobody knows who stopped it",
    suspended(),
    { state: "suspended", cause: "suspended, by whom is not recorded" },
  ],
  [
    "somebody stopped it",
    suspended(wrote("kubectl", "2026-11-22"), wrote("flux", "2026-11-23")),
    { state: "suspended", cause: "suspended by flux since 2026-11-23" },
  ],
  [
    "somebody stopped it, and who did so before is named later",
    suspended(wrote("flux", "2026-11-23"), wrote("kubectl", "2026-11-22"), wrote("old")),
    { state: "suspended", cause: "suspended by flux since 2026-11-23" },
  ],
  [
    "somebody stopped it, nobody knows when",
    suspended(wrote("kubectl")),
    { state: "suspended", cause: "suspended by kubectl" },
  ],
];

describe("what a Flux object says of itself", () => {
  for (const [when, given, then] of rows) {
    it(`is told where ${when}`, () => assert.deepEqual(look(given), then));
  }
});
