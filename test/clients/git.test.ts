import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readCommitMessage,
  createBareRepository,
  fetchTips,
  type GitRepository,
  pushBranch,
  readFolder,
  readObstacle,
  readTreeOf,
} from "../../clients/git.ts";
import { createCommit } from "../../clients/git-commit.ts";
import { TerminalError } from "../../core/errors.ts";

const author = { name: "Fluxgate", email: "build@fabrikam.com" };

describe("git on a bare repository", () => {
  let folder: string;
  let remote: string;
  let repository: GitRepository;
  let tip: string;
  const inRemote = (...args: string[]) =>
    execFileSync("git", ["-C", remote, ...args], { encoding: "utf8" }).trim();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-git-"));
    remote = join(folder, "remote.git");
    const work = join(folder, "work");
    execFileSync("git", ["init", "-q", "--bare", "-b", "main", remote]);
    execFileSync("git", ["clone", "-q", remote, work], { stdio: "ignore" });
    const inWork = (...args: string[]) =>
      execFileSync("git", ["-C", work, "-c", "user.name=a", "-c", "user.email=a@b", ...args]);
    execFileSync("mkdir", ["-p", join(work, "dev/api")]);
    writeFileSync(join(work, "dev/api/a.yaml"), "a: 1\n");
    writeFileSync(join(work, "dev/api/crlf.yaml"), "a: 1\r\n");
    writeFileSync(join(work, "README.md"), "hello\n");
    writeFileSync(join(work, ".gitattributes"), "*.yaml text eol=crlf\n");
    inWork("add", ".");
    inWork("commit", "-q", "-m", "First");
    inWork("push", "-q", "origin", "HEAD:main");
    repository = await createBareRepository({
      directory: join(folder, "bare"),
      url: remote,
      authorization: undefined,
    });
    [tip = ""] = await fetchTips(repository, ["main"]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const commit = (change: Partial<Parameters<typeof createCommit>[1]> = {}) =>
    createCommit(repository, {
      parent: tip,
      message: "Second\n\nTrailer: x",
      author,
      time: 1_700_000_000,
      writes: [],
      deletes: [],
      ...change,
    });

  it("fetches the tip and reads a folder as git stores it", async () => {
    assert.equal(tip, inRemote("rev-parse", "main"));
    const files = await readFolder(repository, { commit: tip, folder: "dev" });
    assert.deepEqual(
      files.map(({ path, text }) => [path, text]),
      [
        ["api/a.yaml", "a: 1\n"],
        ["api/crlf.yaml", "a: 1\n"],
      ],
    );
    assert.match(files[0]?.sha256 ?? "", /^[0-9a-f]{64}$/);
    assert.deepEqual(await readFolder(repository, { commit: tip, folder: "absent" }), []);
  });

  it("tells links and submodules, and what stands where a folder should be", async () => {
    const target = execFileSync(
      "git",
      ["-C", repository.directory, "hash-object", "-w", "--stdin"],
      {
        input: "../api",
        encoding: "utf8",
      },
    ).trim();
    const entries = [
      `120000 blob ${target}\tlink`,
      `160000 commit ${tip}\tmodule`,
      `040000 tree ${await readTreeOf(repository, tip)}\tall`,
    ];
    const commit = execFileSync("git", ["-C", repository.directory, "mktree", "--missing"], {
      input: `${entries.join("\n")}\n`,
      encoding: "utf8",
    }).trim();
    const inAll = (path: string) => readObstacle(repository, { commit, folder: path });
    assert.deepEqual(
      await Promise.all(
        ["all/dev", "all/new/dev", "link", "all/README.md/dev", "module/x"].map(inAll),
      ),
      [undefined, undefined, "link", "all/README.md", "module"],
    );
    const around = execFileSync("git", ["-C", repository.directory, "mktree"], {
      input: `040000 tree ${commit}\tdev\n`,
      encoding: "utf8",
    }).trim();
    const files = await readFolder(repository, { commit: around, folder: "dev" });
    const special = files.filter(({ path }) => !path.startsWith("all/"));
    assert.deepEqual(
      special.map(({ path, text }) => [path, text]),
      [
        ["link", ""],
        ["module", ""],
      ],
    );
    assert.notEqual(special[0]?.sha256, special[1]?.sha256);
  });

  it("makes a commit that writes and deletes, bytes untouched, and pushes it", async () => {
    const content = Buffer.from("b: ü\r\n");
    const path = 'dev/api/odd "name" ü.yaml';
    const id = await commit({ writes: [{ path, content }], deletes: ["dev/api/a.yaml"] });
    assert.equal(await pushBranch(repository, { commit: id, branch: "fluxgate/x" }), "pushed");
    assert.equal(inRemote("rev-parse", "fluxgate/x"), id);
    assert.equal(inRemote("rev-parse", "fluxgate/x^"), tip);
    assert.deepEqual(
      inRemote("-c", "core.quotePath=false", "ls-tree", "-r", "-z", "--name-only", id).split("\0"),
      [".gitattributes", "README.md", "dev/api/crlf.yaml", path, ""],
    );
    assert.equal(inRemote("cat-file", "blob", `${id}:${path}`), "b: ü");
    assert.equal(await readCommitMessage(repository, id), "Second\n\nTrailer: x\n\n");
    assert.equal(
      inRemote("log", "-1", "--format=%an <%ae> %at", id),
      "Fluxgate <build@fabrikam.com> 1700000000",
    );
  });

  it("makes an empty commit that has its parent's tree", async () => {
    assert.equal(await readTreeOf(repository, await commit()), await readTreeOf(repository, tip));
  });

  it("never moves a branch that exists", async () => {
    const first = await commit();
    const second = await commit({ message: "Other" });
    assert.equal(await pushBranch(repository, { commit: first, branch: "b" }), "pushed");
    assert.equal(await pushBranch(repository, { commit: second, branch: "b" }), "stale");
    assert.equal(inRemote("rev-parse", "b"), first);
  });

  it("says which branch is missing", async () => {
    await assert.rejects(fetchTips(repository, ["absent"]), (error) => {
      assert.ok(error instanceof TerminalError);
      assert.equal(error.code, "branch-not-found");
      assert.match(error.message, /^Failed to fetch from .*remote\.git: couldn't find remote ref/);
      return true;
    });
  });

  it("says what the server refused, in its own words", async () => {
    const hook =
      "#!/bin/sh\necho 'TF402455: Pushes to this branch are not permitted.' >&2\nexit 1\n";
    writeFileSync(join(remote, "hooks/pre-receive"), hook, { mode: 0o755 });
    await assert.rejects(pushBranch(repository, { commit: await commit(), branch: "b" }), {
      code: "branch-protected",
      message: /TF402455: Pushes to this branch are not permitted/,
    });
  });
});
