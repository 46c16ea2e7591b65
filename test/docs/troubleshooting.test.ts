import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { sourceFiles } from "../../scripts/source-files.ts";

describe("docs/troubleshooting.md", () => {
  const headings = [...readFileSync("docs/troubleshooting.md", "utf8").matchAll(/^## (.+)$/gm)].map(
    ([, heading = ""]) => heading,
  );
  const product = sourceFiles()
    .filter((path) => /^(core|kube|clients|rendering|tasks|cli|connector|hub|scripts)\//.test(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");

  it("explains every code that an error of the product carries", () => {
    const codes = [...product.matchAll(/\bcode: "([a-z]+(?:-[a-z]+)*)"/g)].map(
      ([, code = ""]) => code,
    );
    assert.ok(codes.length > 20);
    assert.deepEqual(
      [...new Set(codes)].filter((code) => !headings.includes(code)),
      [],
    );
  });

  it("explains nothing that no error carries", () => {
    assert.deepEqual(
      headings.filter((heading) => !product.includes(`"${heading}"`)),
      [],
    );
  });

  it("is in alphabetical order", () => {
    assert.deepEqual(headings, [...headings].sort());
  });
});
