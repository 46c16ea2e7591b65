import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readObjects } from "../../azure-devops/git/read-objects.ts";
import { runGit } from "../../azure-devops/git/run-git.ts";

describe("what the sandbox reads of git objects", () => {
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "fluxgate-objects-"));
    await runGit(directory, ["init", "--quiet", "--bare"]);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const write = async (input: string) =>
    (await runGit(directory, ["hash-object", "-w", "--stdin"], { input })).trim();
  const read = async (object: string) =>
    (await readObjects(directory, ["cat-file", "blob"], { objects: [object] })).toString();

  it("is asked of git once, where a whole id names it", async () => {
    const id = await write("a\n");
    assert.equal(await read(id), "a\n");
    rmSync(directory, { recursive: true });
    assert.equal(await read(id), "a\n");
  });

  it("is asked again where it was not there", async () => {
    const id = "78981922613b2afb6025042ff6bd878ac1994e85";
    await assert.rejects(read(id));
    assert.equal(await write("a\n"), id);
    assert.equal(await read(id), "a\n");
  });

  it("is asked again where a name may have moved", async () => {
    await runGit(directory, ["update-ref", "refs/tags/it", await write("a\n")]);
    assert.equal(await read("refs/tags/it"), "a\n");
    await runGit(directory, ["update-ref", "refs/tags/it", await write("b\n")]);
    assert.equal(await read("refs/tags/it"), "b\n");
  });
});
