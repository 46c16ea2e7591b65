import assert from "node:assert/strict";
import { jsonnetNames } from "../../../core/render/jsonnet-names.ts";

describe("what a jsonnet program takes from outside", () => {
  for (const [program, external, config] of [
    ["std.extVar('A') + std.extVar(\"B\")", ["A", "B"], []],
    ["// std.extVar('A')\n'std.extVar(\"B\")' + |||\n  std.extVar('C')\n|||", [], []],
    ["std.extVar('config').a.b + std.extVar('values').c", [], ["a.b"]],
    ["local c = std.extVar('config'), d = c.x; { c: c.y, d: d.c }", [], ["x", "y"]],
    ["{ a: 1 }", [], []],
  ] as const) {
    it(`is told of ${program}`, () => {
      const names = jsonnetNames([program]);
      assert.deepEqual([names?.external, names?.config], [external, config]);
    });
  }

  for (const program of [
    "local c = std.extVar('config'); c",
    "local c = std.extVar('config'); c['a']",
    "local c = std.extVar('config'); f(c)",
    "local c = std.extVar('config'); local f(c) = c.x; f({})",
    "local c = std.extVar('config'); { a: local c = std.extVar('values'); c.x }",
    "std.extVar('config') + {}",
    "std.extVar('A' + 'B')",
    "local get = std.extVar; get('A')",
    "std['extVar']('A')",
  ]) {
    it(`is not known where not all of it is written down: ${program}`, () =>
      assert.equal(jsonnetNames([program]), undefined));
  }
});
