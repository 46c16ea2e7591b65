import assert from "node:assert/strict";
import { parseYaml } from "../../../core/manifests/parse.ts";

// The right column is what kubectl kustomize 1.36 makes of the left one.
const rows: readonly (readonly [text: string, value: unknown])[] = [
  ["yes", "yes"],
  ["on", "on"],
  ["y", "y"],
  ["True", true],
  ["0644", 420],
  ["0o644", 420],
  ["089", 89],
  ["0b101", 5],
  ["0x1F", 31],
  ["1_000", 1000],
  ["1_000.5", 1000.5],
  ["1.0", 1],
  ["1e3", 1000],
  [".5", 0.5],
  ["1e400", "1e400"],
  ["83e2010", "83e2010"],
  ["12345678901234567", 12345678901234567n],
  ["18446744073709551615", 18446744073709551615n],
  ["12345678901234567890123", 1.2345678901234568e22],
  ["22:22", "22:22"],
  ["2020-01-01", "2020-01-01T00:00:00Z"],
  ["2020-01-01T22:32:00Z", "2020-01-01T22:32:00Z"],
  ["2020-01-01 22:32:00", "2020-01-01T22:32:00Z"],
  ["2020-13-45", "2020-13-45"],
  ["~", null],
  ["+12", 12],
  ["1.2.3", "1.2.3"],
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["!!binary aGVsbG8=", "hello"],
];

describe("YAML as Flux' build reads it", () => {
  for (const [text, value] of rows) {
    it(`takes ${text} for ${String(value)}`, () => {
      const { documents } = parseYaml(`a: ${text}\n`, "a.yaml", { as: "flux" });
      assert.deepEqual(documents[0]?.value, { a: value });
    });
  }

  it("takes labels and annotations for the texts that are written", () => {
    const text = "metadata: {labels: {a: 1.10, b: yes}, annotations: {c: 2020-01-01, d: null}}\n";
    const { documents } = parseYaml(text, "a.yaml", { as: "flux" });
    assert.deepEqual(documents[0]?.value, {
      metadata: { labels: { a: "1.10", b: "yes" }, annotations: { c: "2020-01-01", d: "null" } },
    });
  });
});
