// Where Flux refuses a build nothing of it changes or goes, and the Flux Kustomizations that it brings
// stay as they were.
import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { appliedObjects } from "../../../core/diff/tree/applied-objects.ts";
import { sidesOf, type Texts } from "./built-sides.ts";

const map = (name: string, value = "1") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { a: "${value}" }\n`;
const claim =
  "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n";
const flux = (name: string, path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ./${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n`;
const lists = (...resources: readonly string[]) => `resources: [${resources.join(", ")}]\n`;
const broken = "a: [\n";

const told = { "clusters/apps.yaml": flux("apps", "apps") };
const apps = { ...told, "apps/a.yaml": map("a"), "apps/b.yaml": map("b"), "apps/c.yaml": claim };
const listed = {
  "prod/kustomization.yaml": lists("a.yaml", "b.yaml", "c.yaml"),
  "prod/a.yaml": map("a"),
  "prod/b.yaml": map("b"),
  "prod/c.yaml": claim,
};
const cluster = {
  "clusters/flux-system/sync.yaml": flux("flux-system", "clusters"),
  "clusters/s.yaml": map("s"),
};
const brings = { ...cluster, "clusters/apps.yaml": flux("apps", "a"), "a/x.yaml": map("x") };

const withoutChild = { ...cluster, "a/x.yaml": map("x") };
const no = { "clusters/s.yaml": broken };

const isRefused = "high Kustomization is refused by Flux";

/** What changes, then what is said of builds, each to its first bracket or colon. */
const rows: readonly (readonly [what: string, before: Texts, after: Texts, ...said: string[]])[] = [
  [
    "of a file that is no YAML",
    apps,
    { ...told, "apps/a.yaml": broken, "apps/b.yaml": map("b", "2"), "apps/d.yaml": map("d") },
    isRefused,
  ],
  [
    "of an object that stands in two files",
    apps,
    { ...told, "apps/a.yaml": map("a"), "apps/b.yaml": map("a", "2") },
    isRefused,
  ],
  [
    "of a listed file that is not there",
    listed,
    {
      "prod/kustomization.yaml": lists("a.yaml", "b.yaml"),
      "prod/b.yaml": map("b", "2"),
    },
    isRefused,
  ],
  [
    "of folders that list each other",
    listed,
    {
      "prod/kustomization.yaml": lists("b.yaml", "../x"),
      "prod/b.yaml": map("b", "2"),
      "x/kustomization.yaml": lists("../prod"),
    },
    isRefused,
  ],
  [
    "of a folder that gets a kustomization with it",
    { "prod/a.yaml": map("a"), "prod/c.yaml": claim },
    { "prod/a.yaml": map("a"), "prod/kustomization.yaml": lists("a.yaml", "d.yaml") },
    isRefused,
  ],
  [
    "of one of two kustomizations",
    {
      "prod/web/kustomization.yaml": lists("c.yaml"),
      "prod/web/c.yaml": claim,
      "prod/api/kustomization.yaml": lists("a.yaml"),
      "prod/api/a.yaml": map("a"),
    },
    {
      "prod/web/kustomization.yaml": lists("c.yaml", "d.yaml"),
      "prod/api/kustomization.yaml": lists("a.yaml"),
      "prod/api/a.yaml": map("a", "2"),
    },
    "changed ConfigMap a",
    isRefused,
  ],
  [
    "before the change and after it",
    { ...apps, "apps/a.yaml": broken },
    { ...told, "apps/a.yaml": broken, "apps/b.yaml": map("b", "2") },
    "medium Kustomization is refused by Flux as before",
  ],
  [
    "that is new",
    {},
    { ...told, "apps/a.yaml": broken, "apps/b.yaml": map("b") },
    "added Kustomization apps",
    isRefused,
  ],
  [
    "before the change only",
    { ...apps, "apps/a.yaml": broken },
    { ...told, "apps/a.yaml": map("a"), "apps/b.yaml": map("b", "2") },
    "changed ConfigMap a",
    "changed ConfigMap b",
    "removed PersistentVolumeClaim data",
    "medium Kustomization was refused by Flux",
  ],
  [
    "in a folder that nothing says is applied: what changes is shown, nothing is gone",
    { "prod/a.yaml": map("a"), "prod/b.yaml": map("b"), "prod/c.yaml": claim },
    { "prod/a.yaml": broken, "prod/b.yaml": map("b", "2") },
    "changed ConfigMap b",
  ],
  [
    "that brings a Flux Kustomization which would move",
    { ...brings, "b/y.yaml": map("y") },
    {
      ...{ ...brings, ...no, "clusters/apps.yaml": flux("apps", "b") },
      ...{ "a/x.yaml": map("x", "2"), "b/y.yaml": map("y") },
    },
    "changed ConfigMap x",
    isRefused,
  ],
  ["that brings one which would go", brings, { ...withoutChild, ...no }, isRefused],
  [
    "that brings one which would go with its folder",
    brings,
    { ...cluster, ...no },
    isRefused,
    "high Kustomization goes on asking for a/, which goes",
  ],
  ["that brings one which would come", cluster, { ...brings, ...no }, isRefused],
];

describe("a build that Flux refuses", () => {
  for (const [what, before, after, ...said] of rows) {
    it(`${what}, takes nothing away`, () => {
      const sides = sidesOf(before, after);
      const { objects, risks, complete, problems } = compareTrees(sides.before, sides.after);
      const lines = [
        ...objects.map(({ change, identity: { kind, name } }) => `${change} ${kind} ${name}`),
        ...risks
          .filter(({ rule }) => rule === "flux-behaviour")
          .map(({ severity, identity, text }) => `${severity} ${identity.kind} ${text}`)
          .map((text) => text.replace(/( \(|:).*/, "")),
      ];
      assert.deepEqual(lines.sort(), said.sort());
      assert.equal(complete, false);
      assert.match(problems.map(({ message }) => message).join("\n"), /refuse[sd] the build/);
    });
  }

  it("renders no chart of a release that it would change", () => {
    const release = (version: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: shop }\nspec: { chart: { spec: { chart: web, version: "${version}" } } }\n`;
    const { before, after } = sidesOf(
      { ...apps, "apps/r.yaml": release("1.0.0") },
      { ...apps, "apps/r.yaml": release("2.0.0"), "apps/a.yaml": broken },
    );
    const applied = appliedObjects(before, after, new Map());
    const releases = (applied?.after ?? []).filter(({ object }) => object.kind === "HelmRelease");
    assert.match(JSON.stringify(releases), /1\.0\.0/);
    assert.doesNotMatch(JSON.stringify(releases), /2\.0\.0/);
  });
});
