// Custom resources that nobody has described: what they say themselves, in their words.
import assert from "node:assert/strict";
import { isPassive } from "../../../core/health/passive-kinds.ts";
import { knownKind } from "../../../core/health/known/known-kinds.ts";
import { objectHealth, type HowToTell } from "../../../core/health/object-health.ts";
import { saidText, statusText } from "../../../core/health/status-text.ts";
import { conditionsOf, healthObject } from "./health-object.ts";

const text = (object: unknown, how: HowToTell = {}) => {
  const health = objectHealth(object, how);
  const reason = health.state === "failed" ? `${health.reason}: ` : "";
  return `${health.state}${"cause" in health ? ` ${reason}${health.cause}` : ""}`;
};
const custom = (status: unknown) => ({
  ...{ apiVersion: "example.com/v1", kind: "Widget", spec: {} },
  ...{ metadata: { name: "a", generation: 2 }, status },
});
const remedy = "(where that is well: healthCheckExprs on the Kustomization)";
const empty =
  "in-progress its status is empty: its controller has not looked at it (where it never writes one: healthCheckExprs on the Kustomization)";

describe("a custom resource that nobody has described", () => {
  const old = { ...conditionsOf("Ready True"), observedGeneration: 2 };
  for (const [status, then] of [
    [undefined, empty],
    [{}, empty],
    [{ a: "", b: null, c: [], d: { e: [{}, ""] } }, empty],
    [{ a: "", b: ["x"] }, "current"],
    [{ a: 0 }, "current"],
    [{ a: false }, "current"],
    [conditionsOf("Degraded True"), "failed Degraded: Degraded True"],
    [conditionsOf("Ready True", "Degraded True Full: disk"), "failed Full: disk"],
    [conditionsOf("Degraded False Full: disk"), "current"],
    [{ state: "Crashed" }, "failed Crashed: Crashed"],
    [{ phase: "", state: "Failed" }, "failed Failed: Failed"],
    [{ phase: "Running", state: "Failed" }, "current"],
    [conditionsOf("Ready False Later: soon"), "in-progress Ready False, Later: soon"],
    [conditionsOf("Synced True", "Accepted Unknown"), "in-progress Accepted Unknown"],
    [{ phase: "Updating", ...conditionsOf("Ready True") }, "in-progress Updating"],
    [{ phase: "Whatever", ...conditionsOf("Ready True") }, "current"],
    [
      conditionsOf("Deployed False Quota: full"),
      `in-progress Deployed False, Quota: full ${remedy}`,
    ],
    [
      conditionsOf("Deployed True", "NotSynced True"),
      `in-progress its controller has not said that it is ready ${remedy}`,
    ],
    [conditionsOf("Deployed True", "NotSynced False"), "current"],
    [conditionsOf("NotSynced False"), "current"],
    [conditionsOf("Deployed True", "Exposed False"), "current"],
    [{ phase: "Queued for tonight" }, `in-progress Queued for tonight ${remedy}`],
    [{ phase: "Pending" }, `in-progress Pending ${remedy}`],
    [{ phase: "Syncing" }, `in-progress Syncing ${remedy}`],
    [{ phase: "Serving" }, "current"],
    [{ phase: "Bound" }, "current"],
    [{ ready: false, phase: "Pending" }, "in-progress its status says ready: false"],
    [{ healthy: false }, "in-progress its status says healthy: false"],
    [{ available: false }, "in-progress its status says available: false"],
    [{ ready: true }, "current"],
    [
      { conditions: [{ type: "Degraded", status: "False", observedGeneration: 1 }] },
      "in-progress Degraded is of generation 1 of 2",
    ],
    [
      {
        conditions: [{ type: "Ready", status: "True", observedGeneration: 1 }],
        observedGeneration: 2,
      },
      "in-progress Ready is of generation 1 of 2",
    ],
    [{ conditions: [{ type: "Other", status: "True", observedGeneration: 1 }] }, "current"],
    [{ ...old, observedGeneration: 1 }, "in-progress its controller has seen generation 1 of 2"],
    [{ ...old, observedGeneration: 3 }, "in-progress its controller has seen generation 3 of 2"],
    [old, "current"],
  ] as const) {
    it(`${JSON.stringify(status)}: ${then}`, () => assert.equal(text(custom(status)), then));
  }

  it("is well without a status where its definition has none", () => {
    assert.equal(text(custom({}), { hasStatus: false }), "current");
    assert.equal(
      text(custom({ ready: false }), { hasStatus: false }),
      "in-progress its status says ready: false",
    );
  });
});

describe("what an object's status says", () => {
  it("is its phase, the condition that tells most, and its reason with its message", () => {
    const said = (status: object) => saidText({ status });
    assert.equal(said({}), "");
    assert.equal(said({ phase: "", state: "Broken" }), "Broken");
    assert.equal(said({ phase: "A", state: "B" }), "A");
    assert.equal(said(conditionsOf("Degraded False", "Other True")), "");
    assert.equal(said(conditionsOf("Other False", "Degraded True")), "Degraded True");
    assert.equal(said(conditionsOf("Degraded False", "Other Unknown")), "Other Unknown");
    assert.equal(
      said(conditionsOf("Fine True No: not this", "Other False Yes: this")),
      "Other False, Yes: this",
    );
    assert.equal(said({ message: "why", ...conditionsOf("Other False Yes") }), "Other False, Yes");
    assert.equal(said({ message: "why", ...conditionsOf("Other False") }), "Other False, why");
    assert.equal(
      said({ conditions: [{ type: "Other", status: "False", message: "why" }] }),
      "Other False, why",
    );
  });

  it("is what the gateways of a route say where it says nothing itself", () => {
    const parents = [conditionsOf("Accepted True"), conditionsOf("Accepted False No: port")];
    assert.equal(saidText({ status: { parents } }), "Accepted False, No: port");
    assert.equal(saidText({ status: { parents, ...conditionsOf("Own False") } }), "Own False");
  });

  it("is never empty for whoever reads why it is not well, and never long", () => {
    assert.equal(statusText({}), "its controller has not said that it is ready");
    assert.equal(statusText({ status: { phase: "P" } }), "P");
    assert.equal(statusText({ status: { phase: "x".repeat(1_000) } }).length, 300);
  });
});

describe("kinds", () => {
  it("of core groups and custom ones are told apart by their groups alone", () => {
    const secret = (apiVersion: string) => text(healthObject(`${apiVersion} Secret`, {}, {}));
    assert.equal(secret("v1"), "current");
    // What it observed stands there: it says something.
    assert.equal(secret("example.com/v1"), "current");
    assert.equal(text({ apiVersion: "example.com/v1", kind: "Secret" }), empty);
    assert.equal(text({ kind: "Secret", apiVersion: "" }), "current");
    assert.equal(text({ apiVersion: "v1", kind: "constructor" }), "current");
  });

  it("that nothing makes ready are passive, in their own group alone", () => {
    assert.ok(isPassive({ group: "", kind: "ConfigMap" }));
    assert.ok(isPassive({ group: "storage.k8s.io", kind: "StorageClass" }));
    for (const [group, kind] of [
      ["example.com", "ConfigMap"],
      ["", "StorageClass"],
      ["apps", "Deployment"],
      ["keda.sh", "ScaledObject"],
    ] as const) {
      assert.ok(!isPassive({ group, kind }), `${kind} of ${group}`);
    }
    const istio = { group: "networking.istio.io", kind: "VirtualService" };
    assert.ok(isPassive(istio));
  });

  it("of a group, and of all groups below a domain, have its row; others have none", () => {
    const type = (group: string, kind: string) => knownKind({ group, kind })?.type;
    assert.equal(type("serving.knative.dev", "Service"), "*.serving.knative.dev");
    assert.equal(type("s3.aws.upbound.io", "Bucket"), "*.*.upbound.io");
    assert.equal(type("x.crossplane.io", "Thing"), "*.*.crossplane.io");
    assert.equal(type("upbound.io", "Bucket"), undefined);
    assert.equal(type("notupbound.io", "Bucket"), undefined);
    assert.equal(type("upbound.io.example.com", "Bucket"), undefined);
    assert.equal(type("cert-manager.io", "Certificate"), "Certificate.cert-manager.io");
    assert.equal(type("cert-manager.io", "Certificates"), undefined);
  });

  it("that are known and say nothing yet, or no longer, say so", () => {
    const certificate = (status: object, generation = 1) => ({
      ...healthObject("cert-manager.io/v1 Certificate", {}, status),
      metadata: { name: "a", generation },
    });
    const old = { conditions: [{ type: "Ready", status: "True", observedGeneration: 1 }] };
    assert.equal(
      text(certificate({ observedGeneration: undefined, ...old }, 2)),
      "in-progress Ready is of generation 1 of 2",
    );
    assert.equal(
      text(certificate({ conditions: "none" })),
      "unknown its conditions are no list: Flux cannot read it",
    );
    assert.equal(text(certificate(conditionsOf("Ready True"))), "current");
  });

  it("that Flux fetches are well while they are suspended, of Flux' own group alone", () => {
    const repository = (group: string, suspend: unknown, ...said: readonly string[]) =>
      text(healthObject(`${group}/v1 GitRepository`, { suspend }, conditionsOf(...said)));
    assert.equal(repository("source.toolkit.fluxcd.io", true, "Stalled True Bad: x"), "current");
    assert.equal(
      repository("source.toolkit.fluxcd.io", false, "Stalled True Bad: x"),
      "failed Bad: x",
    );
    assert.equal(repository("example.com", true, "Stalled True Bad: x"), "failed Bad: x");
  });

  it("are being deleted whatever an expression says", () => {
    const object = {
      ...custom({ done: true }),
      metadata: { deletionTimestamp: "2026-11-23T12:00:00Z" },
    };
    assert.equal(
      text(object, { expression: { current: "true" } }),
      "terminating it is being deleted",
    );
  });
});
