import assert from "node:assert/strict";
import type { Condition } from "../../../core/flux/condition.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { readiness } from "../../../core/flux/readiness.ts";

type Given = {
  readonly kind?: "Kustomization" | "GitRepository" | "HelmChart" | "HelmRelease";
  readonly ready?: Partial<Condition>;
  readonly more?: readonly Partial<Condition>[];
  readonly generation?: number;
  readonly observed?: number;
  readonly spec?: object;
  readonly metadata?: object;
};

const versions = {
  Kustomization: "kustomize.toolkit.fluxcd.io/v1",
  HelmRelease: "helm.toolkit.fluxcd.io/v2",
  GitRepository: "source.toolkit.fluxcd.io/v1",
  HelmChart: "source.toolkit.fluxcd.io/v1",
};

function look({ kind = "Kustomization", ready, more = [], ...given }: Given) {
  const object = parseFluxObject({
    apiVersion: versions[kind],
    kind,
    metadata: { name: "a", namespace: "b", generation: given.generation ?? 1, ...given.metadata },
    spec: given.spec ?? {},
    status: {
      observedGeneration: given.observed ?? 1,
      conditions: [...(ready ? [{ type: "Ready", status: "False", ...ready }] : []), ...more],
    },
  });
  assert.ok(object);
  return readiness(object);
}

function short(given: Given): string {
  const state = look(given);
  if (state.state !== "failing") return state.state;
  return `failing ${state.stalled ? "stalled " : ""}${state.patience === "none" ? "at once" : "after the grace"}`;
}

const stalled = (reason: string): Given => ({
  ready: { reason },
  more: [{ type: "Stalled", status: "True", reason }],
});

const running = (
  kind: NonNullable<Given["kind"]>,
  message: string,
  status: "True" | "False" = "True",
): Given => ({
  ...{ kind, ready: { status: "True" } },
  more: [{ type: "Reconciling", status, reason: "Progressing", message }],
});

const rows: readonly (readonly [says: string, given: Given, then: string])[] = [
  ["Ready", { ready: { status: "True", reason: "ReconciliationSucceeded" } }, "ready"],
  ["no condition yet", {}, "unknown"],
  [
    "a condition of an older generation",
    { ready: { status: "True" }, generation: 2 },
    "progressing",
  ],
  [
    "a condition of this generation, written before the rest or by who worked on the older",
    { ready: { status: "True", observedGeneration: 2 }, generation: 2 },
    "progressing",
  ],
  [
    "a condition of the first generation, written before the rest",
    { ready: { status: "True", observedGeneration: 1 }, observed: -1 },
    "progressing",
  ],
  [
    "a condition of this generation of what has no other",
    { ready: { status: "True", observedGeneration: 2 }, generation: 2, observed: 0 },
    "ready",
  ],
  [
    "what fails at this generation, which only its conditions say",
    { ready: { reason: "BuildFailed", observedGeneration: 2 }, generation: 2 },
    "failing after the grace",
  ],
  ["Progressing", { ready: { status: "Unknown", reason: "Progressing" } }, "progressing"],
  ["ProgressingWithRetry", { ready: { reason: "ProgressingWithRetry" } }, "progressing"],
  [
    "a reason that nobody knows, Unknown",
    { ready: { status: "Unknown", reason: "X" } },
    "progressing",
  ],
  ["a reason that nobody knows, False", { ready: { reason: "X" } }, "failing after the grace"],
  ...["DependencyNotReady", "HealthCheckCanceled", "ArtifactFailed", "SourceNotReady"].map(
    (reason) => [reason, { ready: { reason } }, "waiting"] as const,
  ),
  [
    "ArtifactFailed because the path is gone",
    { ready: { reason: "ArtifactFailed", message: "kustomization path not found: stat /x" } },
    "failing after the grace",
  ],
  ["HealthCheckFailed", { ready: { reason: "HealthCheckFailed" } }, "failing after the grace"],
  ["PruneFailed", { ready: { reason: "PruneFailed" } }, "failing after the grace"],
  ["BuildFailed", { ready: { reason: "BuildFailed" } }, "failing after the grace"],
  ...[
    "Deployment/shop/api dry-run failed (Invalid): spec.template",
    'Deployment.apps "api" is invalid: spec.replicas: Invalid value: -1: must be greater than 0',
    'Service "api" is invalid: spec.ports: Required value',
    "Service/shop/api apply failed: field is immutable",
    'strict decoding error: unknown field "spec.replica"',
    "failed to create typed patch object (shop/api; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema",
    'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string',
  ].map(
    (message) =>
      [message, { ready: { reason: "ReconciliationFailed", message } }, "failing at once"] as const,
  ),
  ...[
    'Deployment/shop/api dry-run failed: failed calling webhook "v.acme.io": tls: certificate is invalid: not yet valid',
    'Deployment/shop/api dry-run failed (Invalid): admission webhook "v.acme.io" denied the request: Deployment.apps "api" is invalid: spec: Invalid value: 1: field is immutable',
    "Deployment/shop/api dry-run failed (Invalid): deployments.apps \"api\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no",
    "Deployment/shop/api dry-run failed (BadRequest): the server rejected our request for an unknown reason",
    'Service/shop/api apply failed (Invalid): Service "api" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    "conversion webhook for acme.io/v1, Kind=Thing failed: the certificate is invalid: expired",
    'quota "q" is invalid: exceeded',
  ].map(
    (message) =>
      [
        message,
        { ready: { reason: "ReconciliationFailed", message } },
        "failing after the grace",
      ] as const,
  ),
  [
    "ReconciliationFailed for another cause",
    { ready: { reason: "ReconciliationFailed", message: "the server is busy" } },
    "failing after the grace",
  ],
  ["Stalled", stalled("InvalidCELExpression"), "failing stalled at once"],
  ["Stalled at an older generation", { ...stalled("AccessDenied"), generation: 2 }, "progressing"],
  ["suspended", { spec: { suspend: true }, ready: { reason: "BuildFailed" } }, "suspended"],
  [
    "being deleted, although Ready",
    { metadata: { deletionTimestamp: "2026-11-23T12:00:00Z" }, ready: { status: "True" } },
    "unknown",
  ],
  ...["GitOperationFailed", "AuthenticationFailed", "VerificationError"].map(
    (reason) =>
      [`a source: ${reason}`, { kind: "GitRepository", ready: { reason } }, "waiting"] as const,
  ),
  [
    "a chart that cannot be packed",
    { kind: "HelmChart", ready: { reason: "ChartPackageError" } },
    "failing after the grace",
  ],
  [
    "a chart that cannot be fetched",
    { kind: "HelmChart", ready: { reason: "ChartPullError" } },
    "waiting",
  ],
  [
    "a release that was rolled back, although Ready",
    { kind: "HelmRelease", ready: { status: "True", reason: "RollbackSucceeded" } },
    "failing after the grace",
  ],
  [
    "a release that runs its tests, although Ready",
    running("HelmRelease", "Running 'test' action with timeout of 5m0s"),
    "progressing",
  ],
  [
    "a release that is only looked at again",
    running("HelmRelease", "Fulfilling prerequisites"),
    "ready",
  ],
  [
    "a release whose tests ran",
    running("HelmRelease", "Running 'test' action with timeout of 5m0s", "False"),
    "ready",
  ],
  [
    "a source that is looked at again, whatever it says",
    running("GitRepository", "Running 'test' action with timeout of 5m0s"),
    "ready",
  ],
];

describe("readiness()", () => {
  for (const [says, given, then] of rows) {
    it(`${says}: ${then}`, () => assert.equal(short(given), then));
  }

  it("says the step that a reconciliation stands at", () => {
    const state = look({
      ready: { status: "Unknown", reason: "Progressing", message: "Reconciliation in progress" },
      more: [
        {
          ...{ type: "Reconciling", status: "True", reason: "Progressing" },
          message: `Running health checks for revision main@sha1:${"a".repeat(40)} with a timeout of 5m0s`,
        },
      ],
    });
    assert.ok(state.state === "progressing");
    assert.equal(state.cause, "Running health checks for revision main@sha1:aaaaaaaa");
  });

  it("gives causes as one bounded line, and the message whole", () => {
    const message = `first\n\n  second ${"long ".repeat(200)}`;
    const state = look({ ready: { reason: "BuildFailed", message } });
    assert.ok(state.state === "failing");
    assert.match(state.cause, /^first second long .*\.\.\.$/);
    assert.equal(state.cause.length, 500);
    assert.equal(state.message, message);
  });
});
