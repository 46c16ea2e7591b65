import assert from "node:assert/strict";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { leftFolders } from "../../core/diff/left-folders.ts";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import { removalLine } from "../../hub/view/context/removal-line.ts";
import { aSnapshot, kustomization, now } from "./a-snapshot.ts";

const apps = (path: string, prune: boolean, name = "apps") => ({
  ...kustomization(name, "in-sync"),
  ...{ path, prune },
});
const left = [{ folder: "prod/api", root: "prod", objects: 2 }];
const line = (objects: (typeof aSnapshot)["objects"], more: object = {}) =>
  removalLine(left, { reports: [{ ...aSnapshot, objects, ...more }], now });

describe("what becomes of objects that leave git, by what connectors report", () => {
  it("is that they stay where their Kustomization does not prune", () => {
    assert.deepEqual(line([apps("prod", false)]), {
      tone: "warning",
      text: "2 objects of prod/api/ stay in cluster weu: Kustomization flux-system/apps does not prune, as its connector reports.",
      more: [],
    });
  });

  it("is told by the innermost folder that holds them, or the whole that is applied", () => {
    const { tone, text } = line([apps("", false, "all"), apps("prod", true), apps("dev", false)]);
    assert.equal(tone, "plain");
    assert.match(text, /^2 objects of prod\/api\/ are deleted in cluster weu: .*\/apps prunes/);
    const base = [{ folder: "base", root: "overlays/prod", objects: 1 }];
    const objects = [apps("overlays/prod", false)];
    const found = removalLine(base, { reports: [{ ...aSnapshot, objects }], now });
    assert.match(found.text, /^1 object of base\/ stays in cluster weu/);
  });

  it("is that they stay for now while it is suspended", () => {
    const { text } = line([{ ...apps("prod", true), phase: "suspended" }]);
    assert.match(text, /stay in cluster weu for now: .* is suspended/);
  });

  it("is not called sure by an old report", () => {
    const { tone, text } = line([apps("prod", true)], { observedAt: "2026-11-23T09:00:00Z" });
    assert.equal(tone, "warning");
    assert.match(text, /prunes, as its connector reports \(stale: last report 3 hours ago\)\.$/);
  });

  it("is not known where no report names it, an older connector's among them", () => {
    const unknown = /^Not known whether Flux deletes 2 objects of prod\/api\/: no report/;
    assert.match(line([]).text, unknown);
    assert.match(line([kustomization("apps", "in-sync")]).text, unknown);
    assert.match(line([apps("prod", false)], { active: false }).text, unknown);
  });

  it("begins with what stays, where clusters differ", () => {
    const east = { ...aSnapshot, cluster: "eus", objects: [apps("prod", false)] };
    const reports = [{ ...aSnapshot, objects: [apps("prod", true)] }, east];
    const { text, more } = removalLine(left, { reports, now });
    assert.match(text, /^2 objects .* stay in cluster eus: .* \(1 more line\)$/);
    assert.equal(more.length, 2);
  });
});

describe("folders of what leaves git", () => {
  const object = (name: string, more = "") =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop${more} }\n`;
  const kept = ", annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }";

  it("hold what goes where it is pruned, and not what says itself that it stays", () => {
    const before = [
      { path: "prod/api/a.yaml", text: object("a") },
      { path: "prod/api/b.yaml", text: object("b", kept) },
    ];
    const found = leftFolders(compareManifests(before, []).objects);
    assert.deepEqual(
      found.map(({ folder, objects }) => [folder, objects]),
      [["prod/api", 1]],
    );
  });

  it("hold nothing that a Flux Kustomization among the files tells", () => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./prod, prune: true, sourceRef: { kind: GitRepository, name: m } }
`;
    const stays = [
      { path: "clusters/apps.yaml", text: flux },
      { path: "prod/b.yaml", text: object("b") },
    ];
    const { objects } = compareTrees([...stays, { path: "prod/a.yaml", text: object("a") }], stays);
    assert.deepEqual([objects.length, leftFolders(objects)], [1, []]);
  });
});
