import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { type Harness, startHarness } from "../tasks/OpenManifestsPR/manifests-harness.ts";
import { program } from "./cli-process.ts";

describe("fluxgate rollback", function () {
  this.timeout(240_000);
  let at: Harness;
  let good: string;
  before(async () => {
    await ensureBuilt(["cli"]);
    at = await startHarness();
    const deployed = async (build: number, objects: Readonly<Record<string, string>>) => {
      const { outputs } = await at.deploy({ build, objects });
      await at.merge(Number(outputs["pullRequestId"]));
    };
    await deployed(1, { a: "good" });
    good = await at.headOf("main");
    await deployed(2, { a: "bad", b: "new" });
  });
  after(() => at.stop());

  /** The built command, beside the sandbox of this process. */
  function rollback(...more: readonly string[]) {
    const where = ["--organisation", at.organisationUrl, "--project", "shop"];
    const what = ["--delivery", "shop", "--environment", "dev", "--reason", "it lost orders"];
    const args = [...where, "--repository", "shop-manifests", ...what, "--to", good, ...more];
    const env = { ...process.env, FLUXGATE_TOKEN: "sandbox-developer" };
    return new Promise<{ readonly code: number; readonly said: string }>((done) => {
      execFile(process.execPath, [program, "rollback", ...args], { env }, (error, out, err) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, said: `${out}${err}` }),
      );
    });
  }

  it("shows what would go back and writes nothing by itself", async () => {
    const { code, said } = await rollback();
    assert.equal(code, 0, said);
    assert.match(said, new RegExp(`^Roll back shop in dev to ${good.slice(0, 8)}`));
    assert.match(said, /-bad\n\+good/);
    assert.match(said, /Nothing was written: --write opens the pull request/);
    assert.equal((await at.pullRequests()).length, 2);
  });

  it("opens the pull request once, and holds what it takes back where it is told to", async () => {
    const { code, said } = await rollback("--write", "--hold", "--by", "Ana");
    assert.equal(code, 0, said);
    const url = /\S+\/pullrequest\/(\d+)/.exec(said);
    assert.ok(url, said);
    const id = Number(url[1]);
    const again = await rollback("--write", "--hold", "--by", "Ana");
    assert.match(again.said, new RegExp(`/pullrequest/${id}\\b`));
    await at.merge(id);
    const head = await at.headOf("main");
    assert.match(await at.git("show", `${head}:dev/api/v1_configmap_a.yaml`), /good/);
    const hold = await at.git("show", `${head}:dev/.fluxgate/shop.hold.json`);
    assert.match(hold, /"by": "Ana"/);
  });

  it("says in one line what is wrong: nothing to take back, no such commit, app or repository", async () => {
    const rows: readonly (readonly [readonly string[], RegExp])[] = [
      [["--write"], /Failed to roll back shop in dev: main holds just that already/],
      [["--app", "nobody"], /neither commit has an app nobody/],
      [["--to", "1".repeat(40)], /Failed to read the rollback: the repository has no commit 1{40}/],
      [["--branch", "mian"], /Failed to read the rollback: the repository has no branch mian/],
      [["--environment", "prd"], /there is no prd\/\.fluxgate\/shop\.json/],
      [["--repository", "nothing"], /Failed to find repository shop\/nothing: .*Check the names/],
      [["--to", "abc"], /--to abc is no id of a commit/],
    ];
    for (const [args, expected] of rows) {
      const { code, said } = await rollback(...args);
      assert.notEqual(code, 0, said);
      assert.match(said, expected);
      assert.doesNotMatch(said, /\n\s+at /);
    }
  });
});
