import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  it("are none of those whose ends of lines git turned", () => {
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-lines-"));
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: folder });
    const texts = { "lf.yaml": "a: 1\nb: 2\n", "crlf.txt": "a\r\nb\r\n", "edited.yaml": "a: 1\n" };
    const [files, hashes] = [Object.entries(texts), new Map<string, string>()];
    for (const [path, text] of files) hashes.set(path, hex(text));
    const shown = () =>
      new Map(files.map(([path]) => [path, git("show", `HEAD:${path}`).toString()]));
    try {
      git("init", "-q");
      for (const [path, text] of files) writeFileSync(join(folder, path), text);
      git("add", ".");
      git("commit", "-q", "-m", "As rendered");
      assert.deepEqual([...shown()], files);
      writeFileSync(join(folder, ".gitattributes"), "* text=auto eol=crlf\n");
      writeFileSync(join(folder, "edited.yaml"), "a: 2\r\n");
      git("add", "--renormalize", ".");
      git("commit", "-q", "-m", "With other ends of lines");
      assert.equal(shown().get("crlf.txt"), "a\nb\n");
      assert.deepEqual(editedFiles(shown(), Object.fromEntries(hashes)), ["edited.yaml"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("are those of which a line came or went, whatever ends it", () => {
    assert.deepEqual(edited({ "api/a.yaml": "a: 1\r\n" }), []);
    assert.deepEqual(edited({ "api/a.yaml": "a: 1\r\n\r\n" }), ["api/a.yaml"]);
  });

  it("are no others for a mark that reading takes away", () => {
    const marked = { "a.yaml": hex("\ufeffa: 1\n") };
    assert.deepEqual(editedFiles(new Map([["a.yaml", "a: 1\n"]]), marked), []);
  });
});
