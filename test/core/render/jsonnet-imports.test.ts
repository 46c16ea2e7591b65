import assert from "node:assert/strict";
import { jsonnetImports } from "../../../core/render/jsonnet-imports.ts";

const pathsIn = (source: string) => jsonnetImports(source).map(({ path }) => path);

describe("the imports of a jsonnet program", () => {
  it("are found in every form, with their line", () => {
    const source = `local a = import 'a.libsonnet';
local b = (import "b/b.libsonnet") + {
  text: importstr @"c.txt", raw: importbin
    "d.bin",
};`;
    assert.deepEqual(jsonnetImports(source), [
      { path: "a.libsonnet", line: 1, kind: "import" },
      { path: "b/b.libsonnet", line: 2, kind: "import" },
      { path: "c.txt", line: 3, kind: "importstr" },
      { path: "d.bin", line: 3, kind: "importbin" },
    ]);
  });

  it("are none in comments, texts and text blocks", () => {
    const source = `// import "a"
# import "b"
/* import "c"
   import "d" */
{ text: "import 'e' it's", doc: |||
    Use import "f" or
    import 'g'
  |||, import_path: "h", 'import': "i", x: import "real" }`;
    assert.deepEqual(pathsIn(source), ["real"]);
  });
});
