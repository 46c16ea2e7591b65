// Where helm sets a value by a path: each row is what its own code (pkg/strvals 4.2.2) made of it.
import assert from "node:assert/strict";
import { parse } from "yaml";
import { setValue } from "../../flux-embedded/helm/set-value.ts";

type Row = readonly [base: string, text: string, result: unknown];

const typed: readonly Row[] = [
  ["{}", "a.b.c=1", { a: { b: { c: 1 } } }],
  ["{}", "a[2]=x", { a: [null, null, "x"] }],
  ["{ a: [1, { b: 2 }] }", "a[1].b=true", { a: [1, { b: true }] }],
  ["{ a: [[1]] }", "a[0][1]=z", { a: [[1, "z"]] }],
  ["{}", "a\\.b.c=x", { "a.b": { c: "x" } }],
  ["{}", "a={1,x,true}", { a: [1, "x", true] }],
  ["{}", "a={}", { a: [""] }],
  ["{}", "a=x,b=2", { a: "x", b: 2 }],
  ["{}", "a=x\\,b", { a: "x,b" }],
  ["{ a: 1 }", "a=null", { a: null }],
  ["{}", "a=True", { a: true }],
  ["{}", "a=007", { a: "007" }],
  ["{}", "a=+5", { a: 5 }],
  ["{}", "a=1.5", { a: "1.5" }],
  ["{}", "a=9223372036854775808", { a: "9223372036854775808" }],
  ["{}", "a=", { a: "" }],
  ["{}", "a[0].b=", { a: [] }],
  ["{}", "=x", {}],
  ["{}", "a[0=x", {}],
];
const texts: readonly Row[] = [
  ["{}", "a=true", { a: "true" }],
  ["{}", "a.b=5", { a: { b: "5" } }],
  ["{}", "a=\\{x\\,y\\}", { a: "{x,y}" }],
];
const refused: readonly (readonly [base: string, text: string, message: string])[] = [
  ["{}", "a", 'key "a" has no value'],
  ["{}", "a,b=1", 'key "a" has no value (cannot end with ,)'],
  ["{}", "a={x", "list must terminate with '}'"],
  ["{}", "a[x]=1", 'error parsing index: strconv.Atoi: parsing "x": invalid syntax'],
  ["{}", "a[-1]=1", "negative -1 index not allowed"],
  ["{}", "a[70000]=1", "index of 70000 is greater than maximum supported index of 65536"],
  ["{}", "a[0]xy=1", "unexpected data at end of array index: ['x' 'y']"],
  [
    "{ a: text }",
    "a.b=1",
    "unable to parse key: interface conversion: interface {} is string, not map[string]interface {}",
  ],
  [
    "{ a: {} }",
    "a[0]=1",
    "unable to parse key: interface conversion: interface {} is map[string]interface {}, not []interface {}",
  ],
];

describe("a value of a HelmRelease by its path", () => {
  for (const [rows, isTyped] of [
    [typed, true],
    [texts, false],
  ] as const) {
    for (const [base, text, result] of rows) {
      it(`${base} with ${text}${isTyped ? "" : " as a text"}`, () => {
        const values = parse(base) as Record<string, unknown>;
        setValue(values, text, isTyped);
        assert.deepEqual(values, result);
      });
    }
  }

  for (const [base, text, message] of refused) {
    it(`${base} with ${text} is refused`, () => {
      const values = parse(base) as Record<string, unknown>;
      assert.throws(() => setValue(values, text, true), new Error(message));
    });
  }

  it("is one of its own under a name that every object has", () => {
    const values: Record<string, unknown> = {};
    setValue(values, "__proto__.x=1", true);
    assert.equal(JSON.stringify(values), '{"__proto__":{"x":1}}');
    assert.equal(Object.hasOwn(Object.prototype, "x"), false);
  });
});
