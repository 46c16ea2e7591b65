import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { editedFiles } from "../../../core/render/edited-files.ts";

const hex = (text: string) => createHash("sha256").update(text).digest("hex");

describe("files that somebody changed after their render", () => {
  const recorded = { "api/a.yaml": hex("a: 1\n"), "api/b.yaml": hex("b: \u00fc\n") };
  const edited = (files: Readonly<Record<string, string>>) =>
    editedFiles(new Map(Object.entries(files)), recorded);

  it("are those whose bytes are not the recorded ones", () => {
    assert.deepEqual(edited({ "api/a.yaml": "a: 1\n", "api/b.yaml": "b: \u00fc\n" }), []);
    assert.deepEqual(edited({ "api/a.yaml": "a: 2\n", "api/b.yaml": "b: \u00fc" }), [
      "api/a.yaml",
      "api/b.yaml",
    ]);
  });

  it("are none of those that the render does not know, whatever their names", () => {
    assert.deepEqual(edited({ "notes.txt": "x", constructor: "x", __proto__: "x" }), []);
  });

  it("are no others for a mark that reading takes away", () => {
    const marked = { "a.yaml": hex("\ufeffa: 1\n") };
    assert.deepEqual(editedFiles(new Map([["a.yaml", "a: 1\n"]]), marked), []);
  });
});
