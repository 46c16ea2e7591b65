import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { linesOf, sidesOf, type Texts } from "./built-sides.ts";

const config = (name: string, value = "1") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "${value}" }\n`;
const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: prod, namespace: flux-system }
spec: { path: ./prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const base = { "prod/a.yaml": config("a"), "prod/old/b.yaml": config("b") };
const list = { ".sourceignore": "old/\n" };

type Row = readonly [what: string, before: Texts, after: Texts, lines: string[], others: string[]];
const rows: readonly Row[] = [
  [
    "a changed file that an unchanged list hides is not applied",
    { ...base, ...list },
    { ...base, ...list, "prod/old/b.yaml": config("b", "2"), "prod/a.yaml": config("a", "2") },
    ["~ ConfigMap a prod/a.yaml"],
    ["prod/old/b.yaml"],
  ],
  [
    "a list that hides a file takes its object away",
    base,
    { ...base, ...list },
    ["- ConfigMap b prod/old/b.yaml"],
    [".sourceignore"],
  ],
  [
    "a list that goes brings it",
    { ...base, ...list },
    base,
    ["+ ConfigMap b prod/old/b.yaml"],
    [".sourceignore"],
  ],
  [
    "a list that says the same in other words changes nothing",
    { ...base, ...list },
    { ...base, ".sourceignore": "# old ones\nold/\n" },
    [],
    [".sourceignore"],
  ],
  [
    "any list takes the usual one back",
    { ...base, "prod/.github/c.yaml": config("c") },
    { ...base, "prod/.github/c.yaml": config("c"), "dev/.sourceignore": "x\n" },
    ["+ ConfigMap c prod/.github/c.yaml"],
    ["dev/.sourceignore"],
  ],
];

describe("files that Flux leaves out, in a comparison", () => {
  for (const more of [{}, { "clusters/prod.yaml": flux }]) {
    const by = Object.keys(more).length === 0 ? "" : ", by a Flux Kustomization";
    for (const [what, before, after, lines, others] of rows) {
      it(`${what}${by}`, () => {
        const sides = sidesOf({ ...before, ...more }, { ...after, ...more });
        const compared = compareTrees(sides.before, sides.after);
        assert.deepEqual(linesOf(compared), lines);
        assert.deepEqual(compared.others, others);
        assert.deepEqual(compared.problems, []);
      });
    }
  }

  it("are looked for in lists that are read once something changes", () => {
    const unread = [{ path: ".sourceignore", id: "1" }];
    const { before, after } = sidesOf(base, { ...base, "prod/a.yaml": config("a", "2") });
    assert.deepEqual(compareTrees([...before, ...unread], [...after, ...unread]).wanted, [
      ".sourceignore",
    ]);
    assert.deepEqual(compareTrees([...before, ...unread], [...before, ...unread]).wanted, []);
  });

  describe("where a Flux Kustomization says what it applies", () => {
    const all = { ...base, "clusters/prod.yaml": flux };
    const compared = (before: Texts, after: Texts) => {
      const sides = sidesOf({ ...all, ...before }, { ...all, ...after });
      return compareTrees(sides.before, sides.after);
    };

    it("are others' affair when they hold no object", () => {
      const helmfile = (version: string) => `releases:\n  - name: a\n    version: ${version}\n`;
      const file = "bootstrap/helmfile.yaml";
      const { problems, others } = compared({ [file]: helmfile("1") }, { [file]: helmfile("2") });
      assert.deepEqual([problems, others], [[], [file]]);
    });

    it("are not said to stop a build that nobody here knows of", () => {
      const file = "other/a.yaml";
      const { problems } = compared({ [file]: config("x") }, { [file]: `${config("x")}a: [` });
      assert.match(
        problems[0]?.message ?? "",
        /Where Flux applies its folder, it refuses the build/,
      );
    });

    it("are compared all the same when they hold objects", () => {
      const file = "other/a.yaml";
      const { objects } = compared({ [file]: config("x") }, { [file]: config("x", "2") });
      assert.deepEqual(
        objects.map(({ identity }) => identity.name),
        ["x"],
      );
    });
  });
});
