import assert from "node:assert/strict";
import { buildsSince } from "../../../core/gate/build-of.ts";

const sourceRef = { kind: "GitRepository", name: "flux-system" };
const flux = (name: string, spec: object = {}) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: ${JSON.stringify({ ...{ interval: "5m", path: "./dev", sourceRef }, ...spec })}
---
`;
const before = flux("a") + flux("b");
const same = (after: string) => buildsSince(before, after, "sync.yaml").sameBuilds;
const [a, b] = ["Kustomization/flux-system/a", "Kustomization/flux-system/b"];

describe("buildsSince(): the Kustomizations of a file that build as before", () => {
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

describe("buildsSince(): the sources of a file that make another artefact of a revision", () => {
  const source = (spec: object, kind = "GitRepository") =>
    `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: { name: manifests, namespace: flux-system }
spec: ${JSON.stringify({ url: "https://x.example/a", ...spec })}
`;
  const others = (was: object, is: object) =>
    buildsSince(source(was), source(is), "sync.yaml").otherArtefacts;

  it("are those that take in or leave out others of its files", () => {
    for (const spec of [{ ignore: "/dev" }, { sparseCheckout: ["dev"] }, { include: [{}] }])
      assert.deepEqual(others({}, spec), ["GitRepository/flux-system/manifests"]);
  });

  it("are none that only fetch another revision, or more often, and none that are new", () => {
    assert.deepEqual(others({ ref: { branch: "main" } }, { ref: { tag: "v1" } }), []);
    assert.deepEqual(others({ interval: "1m" }, { interval: "5m" }), []);
    assert.deepEqual(buildsSince("", source({ ignore: "/dev" }), "a.yaml").otherArtefacts, []);
  });
});
