import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { sidesOf, type Texts } from "./built-sides.ts";

const config = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\n`;
const flux = (spec: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: prod, namespace: flux-system }
spec: { path: ./prod, ${spec}, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const files = { "prod/a.yaml": config("a"), "prod/b.yaml": config("b") };
const place = "clusters/prod.yaml";

/** Whether what the change removes keeps running. */
function isKept(spec: string, after: Texts): boolean {
  const sides = sidesOf({ ...files, [place]: flux(spec) }, after);
  const gone = compareTrees(sides.before, sides.after).objects.find(
    ({ change, identity }) => change === "removed" && identity.name === "b",
  );
  assert.ok(gone);
  return gone.kept === true;
}

describe("what leaves git and keeps running", () => {
  const rows: readonly [spec: string, whereItStays: boolean, whereItGoes: boolean][] = [
    ["prune: true", false, false],
    ["prune: false", true, true],
    ["prune: true, deletionPolicy: MirrorPrune", false, false],
    // Of a Kustomization that stays only prune decides.
    ["prune: true, deletionPolicy: Orphan", false, true],
    ["prune: false, deletionPolicy: Delete", true, false],
    ["prune: false, deletionPolicy: WaitForTermination", true, false],
    ["prune: true, suspend: true", false, true],
  ];
  for (const [spec, whereItStays, whereItGoes] of rows) {
    it(`follows from the Kustomization: ${spec}`, () => {
      const left = { "prod/a.yaml": config("a"), [place]: flux(spec) };
      assert.equal(isKept(spec, left), whereItStays);
      assert.equal(isKept(spec, {}), whereItGoes);
    });
  }
});
