import assert from "node:assert/strict";
import { greenMeans } from "../../../core/diff/green-means.ts";
import { lostForGood } from "../../../core/diff/way-back.ts";
import { diffOf, object } from "./manifests.ts";
import { of, spec } from "./pair.ts";

const lost = (before: readonly object[], after: readonly object[], kept = false) =>
  lostForGood(
    diffOf(before, after).objects.map((one) => (kept ? { ...one, kept: "object" } : one)),
  );
const storage = (size: string) => ({ resources: { requests: { storage: size } } });
const claims = spec("v1", "PersistentVolumeClaim")(storage("1Gi"), storage("2Gi"));
const crd = spec("apiextensions.k8s.io/v1", "CustomResourceDefinition");

describe("what a revert does not bring back", () => {
  it("is the data behind what goes, unless it keeps running", () => {
    const claim = of("v1", "PersistentVolumeClaim");
    const why = ["PersistentVolumeClaim shop/api: its data may go with it"];
    assert.deepEqual(lost([claim], []), why);
    assert.deepEqual(lost([claim], [], true), []);
    assert.deepEqual(lost([of("v1", "Service")], []), []);
  });
  it("is what a Job does, new or changed", () => {
    const job = (a: number) => object("batch/v1", "Job", { spec: { a } });
    const why = ["Job shop/api: it runs, and what it does stays done"];
    assert.deepEqual(lost([], [job(1)]), why);
    assert.deepEqual(lost([job(1)], [job(2)]), why);
    assert.deepEqual(lost([job(1)], []), []);
  });
  it("is the size of a claim, and how objects of a kind are stored", () => {
    assert.deepEqual(lost([claims[0]].flat(), [claims[1]].flat()), [
      "PersistentVolumeClaim shop/api: a claim that has grown never shrinks",
    ]);
    assert.deepEqual(lost([claims[1]].flat(), [claims[0]].flat()), []);
    const other = crd({ versions: [{ name: "v1" }] }, { versions: [{ name: "v2" }] });
    assert.deepEqual(lost([other[0]].flat(), [other[1]].flat()), [
      "CustomResourceDefinition shop/api: objects that are stored in another version meanwhile stay so",
    ]);
    const names = crd({ names: { kind: "A" } }, { names: { kind: "B" } });
    assert.deepEqual(lost([names[0]].flat(), [names[1]].flat()), []);
    assert.deepEqual(lost([], [of("v1", "PersistentVolumeClaim")]), []);
  });
});

describe("what green will mean of a change", () => {
  it("is healthy by rules, healthy by conditions, or just there", () => {
    const objects = diffOf(
      [of("v1", "Secret"), of("v1", "Namespace")],
      [
        of("apps/v1", "Deployment"),
        of("v1", "ConfigMap"),
        of("v1", "Service"),
        object("v1", "Service", {
          metadata: { name: "open", namespace: "shop" },
          spec: { type: "LoadBalancer" },
        }),
        of("cert-manager.io/v1", "Certificate"),
        of("example.com/v1", "Farm"),
      ],
    ).objects.map((one) =>
      one.identity.kind === "Namespace" ? { ...one, kept: "object" as const } : one,
    );
    const means = greenMeans(objects);
    assert.deepEqual([...means.judged].sort(), [
      "Certificate shop/api",
      "Deployment shop/api",
      "Service shop/open",
    ]);
    assert.deepEqual(means.byConditions, ["Farm shop/api"]);
    assert.deepEqual([means.applied, means.removed], [2, 1]);
  });
});
