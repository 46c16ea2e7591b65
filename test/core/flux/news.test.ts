// What each kind has fetched, chosen or pushed, and which of it are commits.
import assert from "node:assert/strict";
import { fluxKindOf } from "../../../core/flux/kinds/flux-kinds.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { significance } from "../../../core/flux/significance.ts";

const origin = { "org.opencontainers.image.revision": "main@sha1:1" };
const artifact = (revision: string) => ({ artifact: { revision, metadata: origin } });
const rows: readonly (readonly [
  type: string,
  before: object,
  after: object,
  commits: readonly string[],
])[] = [
  ["source GitRepository", artifact("main@sha1:0"), artifact("main@sha1:2"), ["main@sha1:2"]],
  ["source OCIRepository", artifact("1@sha256:0"), artifact("1@sha256:1"), ["main@sha1:1"]],
  ["source ExternalArtifact", artifact("1@sha256:0"), artifact("1@sha256:1"), ["main@sha1:1"]],
  ["source HelmRepository", artifact("sha256:0"), artifact("sha256:1"), []],
  [
    "source HelmChart",
    artifact("1.0.0"),
    { ...artifact("1.0.1"), observedSourceArtifactRevision: "main@sha1:1" },
    ["main@sha1:1"],
  ],
  ["helm HelmRelease", { lastAttemptedRevision: "1" }, { lastAttemptedRevision: "2" }, []],
  ["helm HelmRelease", {}, { lastAttemptedConfigDigest: "sha256:1" }, []],
  [
    "kustomize Kustomization",
    { lastAppliedRevision: "0" },
    { lastAppliedRevision: "2", lastAppliedOriginRevision: "1", lastAttemptedRevision: "3" },
    ["1", "2", "3"],
  ],
  ["image ImagePolicy", { latestImage: "a:0" }, { latestImage: "a:1" }, []],
  ["image ImageUpdateAutomation", { lastPushCommit: "a" }, { lastPushCommit: "b" }, []],
];

function made(type: string, status: object) {
  const [group = "", kind = ""] = type.split(" ");
  const object = parseFluxObject({
    ...{ apiVersion: `${group}.toolkit.fluxcd.io/v1`, kind, status },
    metadata: { name: "a", namespace: "b", generation: 1 },
  });
  assert.ok(object);
  return object;
}

describe("what is new of a Flux object", () => {
  for (const [type, before, after, commits] of rows) {
    it(`is ${Object.keys(after).join(", ")} of a ${type.split(" ")[1]}; ${commits.join(", ") || "none"} of it a commit`, () => {
      const settled = significance(made(type, before), undefined);
      assert.equal(significance(made(type, before), settled), settled);
      assert.notEqual(significance(made(type, after), settled), settled);
      const object = made(type, after);
      assert.deepEqual(
        fluxKindOf(object)
          .commits(object)
          .filter((one) => one !== undefined),
        commits,
      );
    });
  }

  it("is nothing of a scan of a registry", () => {
    const scanned = (at: string) => made("image ImageRepository", { lastScanResult: { at } });
    const settled = significance(scanned("1"), undefined);
    assert.equal(significance(scanned("2"), settled), settled);
    assert.deepEqual(fluxKindOf(scanned("1")).commits(scanned("1")), []);
  });
});
