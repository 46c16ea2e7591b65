import assert from "node:assert/strict";
import { seenDigest } from "../../../core/diff/seen-digest.ts";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";

type Side = Readonly<Record<string, string>>;

const config = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "${value}"}\n`;
const secret = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {x: ${value}}\n`;
const digest = (before: Side, after: Side) => {
  const files = (side: Side) => Object.entries(side).map(([path, text]) => ({ path, text }));
  const sides = { before: files(before), after: files(after) };
  return seenDigest(compareTrees(sides.before, sides.after), sides);
};

describe("the digest of what was seen", () => {
  const seen = digest({ "prod/a.yaml": config("a", "1") }, { "prod/a.yaml": config("a", "2") });

  it("is another one for another value, before or after", () => {
    const other = digest({ "prod/a.yaml": config("a", "1") }, { "prod/a.yaml": config("a", "3") });
    const base = digest({ "prod/a.yaml": config("a", "0") }, { "prod/a.yaml": config("a", "2") });
    assert.equal(new Set([seen, other, base]).size, 3);
  });

  it("stays when the target gets something else, and when keys or files only move", () => {
    const more = { "prod/b.yaml": config("b", "1") };
    const moved = `metadata: {name: a}\nkind: ConfigMap\napiVersion: v1\ndata: {x: "2"}\n`;
    const after = { ...more, "prod/c.yaml": moved };
    assert.equal(digest({ ...more, "prod/a.yaml": config("a", "1") }, after), seen);
  });

  it("tells secrets of the same length apart, and does not hold them", () => {
    const of = (value: string) => digest({}, { "prod/s.yaml": secret(value) });
    assert.notEqual(of("hunter2"), of("hunter3"));
    assert.doesNotMatch(of("hunter2"), /hunter/);
  });

  it("counts the bytes of what could not be compared", () => {
    const of = (text: string) =>
      digest({ "prod/a.yaml": config("a", "1") }, { "prod/a.yaml": text });
    assert.notEqual(of("a: ["), of("b: ["));
  });

  it("is another one when a risk comes that was not there", () => {
    const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: runner}\n";
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {serviceAccountName: runner, containers: [{name: a, image: r/a:1.0.0}]}\n`;
    const before = { "prod/s.yaml": account };
    assert.notEqual(
      digest({ ...before, "prod/p.yaml": pod }, { "prod/p.yaml": pod }),
      digest(before, {}),
    );
  });
});
