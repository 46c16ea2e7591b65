import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBlobs } from "../../azure-devops/git/read-blobs.ts";
import { runGit } from "../../azure-devops/git/run-git.ts";

describe("blobs that the sandbox reads together", () => {
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "fluxgate-blobs-"));
    await runGit(directory, ["init", "--quiet", "--bare"]);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const write = async (input: string | Buffer) =>
    (await runGit(directory, ["hash-object", "-w", "--stdin"], { input })).trim();

  it("are their bytes, whatever these look like", async () => {
    const looksLikeAnswer = `${"0".repeat(40)} blob 3\nabc\n`;
    const contents = ["a\n", "", "no end", Buffer.from([0, 10, 255, 10]), looksLikeAnswer];
    const ids = await Promise.all(contents.map(write));
    const found = await readBlobs(directory, [...ids, ...ids]);
    assert.deepEqual(
      ids.map((id) => found.get(id)),
      contents.map((content) => Buffer.from(content)),
    );
  });

  it("are none where an id is unknown, no id or a tree's", async () => {
    const [blob, tree] = [await write("a\n"), (await runGit(directory, ["write-tree"])).trim()];
    const found = await readBlobs(directory, ["1".repeat(40), "HEAD", "x\ny", tree, blob]);
    assert.deepEqual([...found.keys()], [blob]);
    assert.equal((await readBlobs(directory, [])).size, 0);
  });
});
