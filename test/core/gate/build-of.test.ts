import assert from "node:assert/strict";
import { sameBuilds } from "../../../core/gate/build-of.ts";

const sourceRef = { kind: "GitRepository", name: "flux-system" };
const flux = (name: string, spec: object = {}) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: ${JSON.stringify({ ...{ interval: "5m", path: "./dev", sourceRef }, ...spec })}
---
`;
const before = flux("a") + flux("b");
const same = (after: string) => sameBuilds(before, after, "sync.yaml");
const [a, b] = ["Kustomization/flux-system/a", "Kustomization/flux-system/b"];

describe("sameBuilds(): the Kustomizations of a file that build as before", () => {
  it("are those of which only when and how Flux looks has changed", () => {
    const after = flux("a", { interval: "1h", wait: true, dependsOn: [{ name: "x" }] });
    assert.deepEqual(same(after + flux("b", { timeout: "1m" })), [a, b]);
  });

  it("are none that patch, replace values, or build from elsewhere", () => {
    for (const spec of [
      { patches: [{ patch: "x" }] },
      { postBuild: { substitute: { V: "two" } } },
      { path: "./prod" },
      { sourceRef: { ...sourceRef, name: "other" } },
    ])
      assert.deepEqual(same(flux("a", spec) + flux("b")), [b], JSON.stringify(spec));
  });

  it("are none that are new, or that cannot be read", () => {
    assert.deepEqual(same(flux("c")), []);
    assert.deepEqual(same("kind: [Kustomization"), []);
  });
});
