import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { object } from "./manifests.ts";

/** Releases by name with what each waits for. */
type Waits = Readonly<Record<string, readonly string[]>>;

function saidOf(before: Waits, after: Waits): readonly string[] {
  const file = (waits: Waits) => {
    const releases = Object.entries(waits).map(([name, others]) =>
      object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {
        metadata: { name, namespace: "shop" },
        spec: { dependsOn: others.map((other) => ({ name: other })) },
      }),
    );
    return [{ path: "a.yaml", text: releases.map(toYaml).join("---\n") }];
  };
  return compareManifests(file(before), file(after))
    .risks.filter(({ text }) => text.startsWith("waits"))
    .map(({ severity, identity, text }) => `${severity} ${identity.name} ${text}`);
}

describe("releases that wait for one another", () => {
  it("are named with the way back to the one that closes the circle", () => {
    assert.deepEqual(saidOf({ a: [], b: ["c"], c: ["a"] }, { a: ["b"], b: ["c"], c: ["a"] }), [
      "high a waits for itself (dependsOn), by way of shop/b, shop/c: Flux applies none of it any more",
    ]);
  });

  it("are no circle where several wait for the same", () => {
    assert.deepEqual(saidOf({ a: [], b: [] }, { a: ["b", "c"], b: ["c"], c: [] }), []);
  });

  it("say nothing of one who waits for a circle of others", () => {
    const circle = { b: ["c"], c: ["b"] };
    assert.deepEqual(saidOf({ a: [], ...circle }, { a: ["b"], ...circle }), []);
  });
});
