import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { diffText } from "../../../core/report/diff-text.ts";
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
  return gone.kept !== undefined;
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

  const [label, root] = ["kustomize.toolkit.fluxcd.io/", flux("prune: true")];
  const marked = (kind: string, said: string, namespace = ", namespace: shop") =>
    `apiVersion: ${kind === "Farm" ? "example.com/v1" : "v1"}\nkind: ${kind}\nmetadata: { name: x${namespace}, annotations: { ${said} } }\n`;
  const off = `${label}prune: disabled`;
  /** `kept` or `gone`, and the risk that says it. */
  const told = (before: Texts, after: Texts = {}): string => {
    const sides = sidesOf({ [place]: root, ...before }, { [place]: root, ...files, ...after });
    const compared = compareTrees(sides.before, sides.after);
    const one = compared.objects.find(({ identity }) => identity.name === "x");
    assert.ok(one?.change === "removed");
    const risk = compared.risks.find(({ identity }) => identity === one.identity);
    const text = diffText(compared).join("\n");
    assert.equal(/removed from git only/.test(text), one.kept !== undefined, text);
    assert.equal(text.includes(`(prod/x.yaml, stays in the cluster`), one.kept !== undefined);
    return `${one.kept === undefined ? "gone" : "kept"} ${risk?.severity}: ${risk?.text}`;
  };
  const kinds: readonly [said: string, told: RegExp][] = [
    [off, /^kept medium: .*its metadata/],
    [`${label}prune: Disabled`, /^kept medium/],
    [`${label}reconcile: disabled`, /^kept medium/],
    [`${label}prune: enabled`, /^gone high: is removed, and Flux deletes it/],
    // kustomize-controller 1.9: deleteObjects excludes it, older ones do not.
    [`${label}ssa: Ignore`, /^gone high: is removed, and Flux before 2\.9 deletes it/],
    [`${label}ssa: IfNotPresent`, /^gone high: is removed, and Flux deletes it/],
    [`${label}ssa: Merge`, /^gone high: is removed, and Flux deletes it/],
    // Helm's, and nobody else's.
    ["helm.sh/resource-policy: keep", /^gone high: is removed, and Flux deletes it/],
  ];
  for (const [said, expected] of kinds) {
    it(`follows from its own metadata: ${said}`, () => {
      const before = { ...files, "prod/x.yaml": marked("PersistentVolumeClaim", said) };
      assert.match(told(before), expected);
    });
  }

  it("goes all the same with its Namespace, and with its definition", () => {
    const x = { "prod/x.yaml": marked("PersistentVolumeClaim", off) };
    const space = "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n";
    const within = told({ ...files, ...x, "prod/n.yaml": space });
    assert.match(within, /^gone high: .*goes with Namespace shop, which is: its data/);
    const other = root.replaceAll("prod", "infra");
    const infra = { "clusters/infra.yaml": other, "infra/z.yaml": config("z") };
    const beside = told({ ...files, ...x, ...infra, "infra/n.yaml": space }, infra);
    assert.match(beside, /Namespace shop, where that is of the same cluster/);
    const crd = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: farms.example.com }\nspec: { group: example.com, names: { kind: Farm } }\n`;
    const farm = { "prod/x.yaml": marked("Farm", off), "prod/crd.yaml": crd };
    assert.match(
      told({ ...files, ...farm }),
      /^gone .*CustomResourceDefinition farms\.example\.com/,
    );
    const keptSpace = space.replace("name: shop", `name: shop, annotations: { ${off} }`);
    assert.match(told({ ...files, ...x, "prod/n.yaml": keptSpace }), /^kept/);
  });

  it("goes on applying its folder, where it is a Flux Kustomization", () => {
    const over = (prune: boolean) => flux(`prune: ${prune}`).replaceAll("prod", "clusters");
    const up = "clusters/up.yaml";
    for (const [above, own] of [
      [over(false), flux("prune: true")],
      [
        over(true),
        flux("prune: true").replace("namespace:", `annotations: { ${off} }, namespace:`),
      ],
    ] as const) {
      const sides = sidesOf(
        { ...files, [up]: above, [place]: own },
        { "prod/a.yaml": config("a"), [up]: above },
      );
      const { objects } = compareTrees(sides.before, sides.after);
      const gone = objects.map(({ identity, kept }) => [identity.name, kept !== undefined]);
      assert.deepEqual(gone, [
        ["prod", true],
        ["b", false],
      ]);
    }
  });

  it("is all that a Flux Kustomization applied, where only its folder goes: Flux finds no build", () => {
    const compared = (before: Texts, after: Texts) => {
      const sides = sidesOf(before, after);
      const { objects, risks, complete } = compareTrees(sides.before, sides.after);
      const lost = risks.find(({ text }) => text.startsWith("goes on asking"));
      const names = objects.map(({ identity, kept }) => `${identity.name} ${kept ?? "gone"}`);
      return { names, complete, lost: lost && `${lost.severity}: ${lost.text}` };
    };
    const lost =
      /^high: goes on asking for prod\/, which goes: Flux finds nothing to build, so what it/;
    for (const prune of [true, false]) {
      const own = { [place]: flux(`prune: ${prune}`) };
      const { lost: said, ...rest } = compared({ ...files, ...own }, own);
      assert.deepEqual(rest, { names: [], complete: true });
      assert.match(said ?? "", lost);
    }
    const kept = flux("prune: true").replace("namespace:", `annotations: { ${off} }, namespace:`);
    const left = compared({ ...files, [place]: kept }, { "docs/a.md": "" });
    assert.deepEqual([left.names, left.complete], [["prod object"], true]);
    assert.match(left.lost ?? "", lost);
    // Another source may have what is not here, and the root of one is always there.
    const other = flux("prune: true").replace("kind: GitRepository", "kind: Bucket");
    const moved = compared({ ...files, [place]: root }, { [place]: other });
    assert.deepEqual([moved.lost, moved.complete], [undefined, false]);
    const whole = { [place]: root.replace("./prod", "./") };
    assert.equal(compared({ ...files, ...whole }, {}).lost, undefined);
  });

  it("is nothing yet, where the folder comes after its Flux Kustomization: that is all decided", () => {
    for (const [prune, said] of [
      [true, /^asked for prod\/ before, which was not there: .* nothing to build of it; if it was/],
      [false, /^asked for prod\/ before, which was not there: .* nothing to build of it$/],
    ] as const) {
      const own = { [place]: flux(`prune: ${prune}`) };
      const sides = sidesOf(own, { ...files, ...own });
      const { objects, risks, complete } = compareTrees(sides.before, sides.after);
      assert.deepEqual([objects.map(({ change }) => change), complete], [["added", "added"], true]);
      const [risk, ...others] = risks;
      assert.deepEqual([risk?.severity, risk?.rule, others], ["medium", "flux-behaviour", []]);
      assert.match(risk?.text ?? "", said);
    }
  });

  it("is not known, where its source was another one before", () => {
    const other = flux("prune: true").replace("kind: GitRepository", "kind: Bucket");
    const sides = sidesOf({ [place]: other }, { ...files, [place]: flux("prune: true") });
    const { risks, complete } = compareTrees(sides.before, sides.after);
    assert.equal(complete, false);
    assert.match(risks[0]?.text ?? "", /before: what was there is not known here$/);
  });
});
