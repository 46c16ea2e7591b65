import assert from "node:assert/strict";
import { setValue } from "../../../core/charts/set-value.ts";

/** What values become, or nothing where only Helm can tell. */
function set(path: string, text: string, { values = {}, isLiteral = false } = {}) {
  const into = structuredClone(values) as Record<string, unknown>;
  return setValue(into, { path, text, isLiteral }) ? into : undefined;
}

// Every right value here is what chartutil.ChartValuesFromReferences of Flux answers.
describe("a value that Flux sets at a path", () => {
  it("is of the type that Helm reads", () => {
    const texts = {
      True: true,
      FALSE: false,
      Null: null,
      "0": 0,
      "-0": 0,
      "+1": 1,
      "-007": -7,
      "01": "01",
      "1.5": "1.5",
      "1e3": "1e3",
      yes: "yes",
      "": "",
      "9007199254740993": 9007199254740993n,
      "9223372036854775808": "9223372036854775808",
    };
    for (const [text, value] of Object.entries(texts)) {
      assert.deepEqual(set("a", text), { a: value }, text);
    }
  });

  it("is a text between quotes, without any at its ends, but as it stands where it is literal", () => {
    assert.deepEqual(set("a", "'1'"), { a: "1" });
    assert.deepEqual(set("a", `"'x'"`), { a: "x" });
    assert.deepEqual(set("a", "'"), { a: "" });
    assert.deepEqual(set("a", `'x"`), { a: `'x"` });
    assert.deepEqual(set("a", "''", { isLiteral: true }), { a: "''" });
    assert.deepEqual(set("a", "{a,\\b", { isLiteral: true }), { a: "{a,\\b" });
    assert.deepEqual(set("a", "x=[1]}"), { a: "x=[1]}" });
  });

  it("goes through escaped points, lists that grow and keys of any other character", () => {
    assert.deepEqual(set("a\\.b.c", "x"), { "a.b": { c: "x" } });
    assert.deepEqual(set("a[1].c", "x", { values: { a: [1] } }), { a: [1, { c: "x" }] });
    assert.deepEqual(set("a[0][1]", "x"), { a: [[null, "x"]] });
    assert.deepEqual(set("a].{b", "x"), { "a]": { "{b": "x" } });
    assert.deepEqual(set("a[0].b", "x", { values: { a: ["s"] } }), { a: [{ b: "x" }] });
  });

  it("leaves a list of the release's own values as it was where the list has to grow", () => {
    const own = [1];
    setValue({ a: own }, { path: "a[2]", text: "x", isLiteral: false });
    assert.deepEqual(own, [1]);
  });

  it("is for Helm to tell where the path or the text says more, or Helm would refuse it", () => {
    for (const path of [".a", "a.", "a..b", "[0]", "a[x]", "a[-1]", "a[1]b", "a=b", "a,b", "a[0"]) {
      assert.equal(set(path, "x"), undefined, path);
    }
    for (const text of ["a,b", "{a}", "a\\,b", "'a,b'"]) {
      assert.equal(set("a", text), undefined, text);
    }
    assert.equal(set("a.b", "x", { values: { a: "s" } }), undefined);
    assert.equal(set("a.b", "x", { values: { a: null } }), undefined);
    assert.equal(set("a[0]", "x", { values: { a: {} } }), undefined);
    assert.equal(set("a[0].b", ""), undefined);
  });
});
