import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../scenarios");

describe("the table of scenarios", () => {
  const rows = readFileSync(join(folder, "README.md"), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, number = "", where = ""] = /^\| (\d+) \| [^|]+ \| ([^|]+) \|$/.exec(line) ?? [];
      return number ? [{ number: Number(number), where }] : [];
    });

  it("has a row for each number, in order", () => {
    assert.deepEqual(
      rows.map(({ number }) => number),
      rows.map((_, index) => index + 1),
    );
  });

  it("names for each scenario of the design the files that say its number, and no others", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
    const told = new Map<number, string[]>();
    for (const name of files) {
      const text = readFileSync(join(folder, name), "utf8");
      const [, title = ""] = /describe\(\s*["`]scenarios? ([\d and,]+)/.exec(text) ?? [];
      const numbers = title.match(/\d+/g) ?? [];
      assert.ok(numbers.length > 0, `${name} does not say which scenario it is`);
      for (const number of numbers.map(Number)) {
        told.set(number, [...(told.get(number) ?? []), name]);
      }
    }
    for (const { number, where } of rows) {
      // Whoever adds the first test of one of these names it in the table then.
      if (/^no test yet: /.test(where)) continue;
      const named = [...where.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
      assert.deepEqual(named, told.get(number), `scenario ${number}`);
    }
  });
});
