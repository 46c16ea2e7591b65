import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { sidesOf } from "./built-sides.ts";

type Side = Readonly<Record<string, string>>;

const compare = (old: Side, next: Side) => {
  const { before, after } = sidesOf(old, next);
  return compareTrees(before, after);
};
const config = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`;
const applies = (spec: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./elsewhere, prune: true, sourceRef: {kind: GitRepository, name: apps}${spec}}\n`;

describe("what decides over files that are not here", () => {
  for (const [what, spec] of [
    ["variables", ", postBuild: {substitute: {A: b}}"],
    ["patches", ", patches: [{patch: a}]"],
    ["images", ", images: [{name: a, newTag: b}]"],
    ["a namespace", ", targetNamespace: other"],
  ] as const) {
    it(`is not known by ${what} of a Flux Kustomization that builds another folder`, () => {
      const compared = compare({ "k.yaml": applies("") }, { "k.yaml": applies(spec) });
      assert.equal(compared.complete, false);
      assert.deepEqual(
        compared.risks.filter(({ rule }) => rule === "unknown-effect").map((one) => one.severity),
        ["high"],
      );
    });
  }

  it("is not known of a Flux Kustomization that comes and applies another folder", () => {
    const compared = compare({}, { "k.yaml": applies("") });
    assert.equal(compared.complete, false);
    assert.deepEqual(
      compared.risks.map(({ rule, severity }) => `${severity} ${rule}`),
      ["medium unknown-effect"],
    );
  });

  it("is known of one whose folder comes with it", () => {
    const here = applies("").replace("./elsewhere", "./prod");
    const { complete } = compare({}, { "k.yaml": here, "prod/a.yaml": config("a") });
    assert.equal(complete, true);
  });

  it("is not how often or how long it looks", () => {
    const compared = compare({ "k.yaml": applies("") }, { "k.yaml": applies(", timeout: 5m") });
    assert.equal(compared.complete, true);
    assert.deepEqual(compared.risks, []);
  });

  it("is the source of a folder that is here", () => {
    const of = (name: string) => ({
      "k.yaml": applies("")
        .replace("./elsewhere", "./prod")
        .replace("name: apps}}", `name: ${name}}}`),
      "prod/a.yaml": config("a"),
    });
    const { complete, risks } = compare(of("one"), of("two"));
    assert.equal(complete, false);
    assert.ok(risks.some(({ rule, severity }) => rule === "unknown-effect" && severity === "high"));
  });

  it("is a list of files that Flux leaves out, and cannot be read here", () => {
    const files = { "prod/a.yaml": config("a") };
    const list = { path: ".sourceignore", id: "1", unread: "it is too large" };
    const { before, after } = sidesOf(files, { "prod/a.yaml": config("b") });
    const compared = compareTrees([...before, list], [...after, list]);
    assert.equal(compared.complete, false);
    assert.match(compared.risks[0]?.text ?? "", /which of the files it applies is not known/);
    assert.equal(compareTrees([...before, list], [...before, list]).complete, true);
  });
});
