import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

describe("tools that cannot be had", () => {
  let scratch: string;
  beforeEach(() => (scratch = mkdtempSync(join(tmpdir(), "fluxgate-missing-"))));
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  /** Runs a script where nothing can be downloaded and PATH has just these programs, and Node's folder. */
  function run(script: string, programs: Readonly<Record<string, string>>) {
    const [bin, empty] = [join(scratch, "bin"), join(scratch, "empty")];
    for (const folder of [bin, empty]) mkdirSync(folder);
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    writeFileSync(join(scratch, "script.mts"), script);
    return spawnSync(process.execPath, ["--import", "tsx", join(scratch, "script.mts")], {
      encoding: "utf8",
      env: {
        ...process.env,
        ...{ npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" },
        ...{ FLUXGATE_CACHE: empty, npm_config_cache: join(scratch, "npm") },
        PATH: [bin, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      },
    });
  }

  const jsonnet = `
    import { ensureAgentTools } from ${JSON.stringify(resolve("scripts/tools.ts"))};
    const { hasJsonnet, jsonnetLacks } = await ensureAgentTools();
    console.log(JSON.stringify([hasJsonnet, jsonnetLacks]));`;
  const own = { helm: "exit 0", kubectl: "exit 0" };

  for (const { name, go, says } of [
    { name: "no Go", go: "exit 127", says: /^Go, which builds it, does not run here, and no/ },
    {
      name: "a Go that cannot build it",
      go: '[ "$1" = version ] && exit 0; echo "dial tcp: refused" >&2; exit 1',
      says: /^Go is here but could not build it, and no jsonnet runs from PATH$/,
    },
  ]) {
    it(`says of jsonnet what was tried, with ${name}`, () => {
      const { stdout, stderr } = run(jsonnet, { ...own, go, jsonnet: "exit 1" });
      const [has, lacks] = JSON.parse(stdout || "[]") as [boolean, string];
      assert.equal(has, false, stderr);
      assert.match(lacks, says);
    });
  }

  it("takes jsonnet of the machine where Go cannot build it, and says nothing", () => {
    const { stdout, stderr } = run(jsonnet, { ...own, go: "exit 127", jsonnet: "exit 0" });
    assert.deepEqual(JSON.parse(stdout || "[]"), [true, null], stderr);
  });

  it("says that apt-get failed, and how, in place of done", function () {
    if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return this.skip();
    const script = `
      import { installPackages } from ${JSON.stringify(resolve("scripts/tools/apt.ts"))};
      console.log(installPackages("a browser", ["chromium"]));`;
    const fails = '[ "$1" = update ] && exit 0; echo "E: Unable to fetch" >&2; exit 100';
    const { stdout, stderr } = run(script, { "apt-get": fails });
    assert.equal(stdout.trim(), "false");
    assert.match(
      stderr,
      /with apt-get: failed \(apt-get install: E: Unable to fetch\) after \d+ s/,
    );
    assert.doesNotMatch(stderr, /done/);
  });
});
