import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { ensureNode24 } from "../../scripts/tools.ts";

const dist = resolve("dist");
const bundles = [
  { file: "cli/fluxgate.mjs", args: ["--help"], says: /fluxgate <command>|Usage/i, code: 0 },
  { file: "connector/main.mjs", args: [], says: /--config FILE is missing/, code: 2 },
  // Every task that runs on an agent; those of servers have no code of their own.
  ...readdirSync("tasks")
    .filter((name) => existsSync(`tasks/${name}/main.ts`))
    .map((name) => ({
      file: `tasks/${name}/index.js`,
      args: [],
      // What a job or a step gives is missing; a defect would say so in other words.
      says: /##vso\[task\.complete result=Failed;\](?!.*(Cannot|undefined|is not a function))/,
      code: 0,
    })),
];

describe("the built bundles start on every Node that they are made for", () => {
  // task-lib writes a key file where it is started.
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-bundles-"));
  after(() => rmSync(scratch, { recursive: true }));
  const nodes: { readonly name: string; readonly path: string }[] = [];
  before(async () => {
    await ensureBuilt(["tasks", "connector", "cli"]);
    nodes.push({ name: process.version, path: process.execPath });
    const newest = await ensureNode24();
    if (newest) nodes.push({ name: "v24", path: newest });
  });

  for (const { file, args, says, code } of bundles) {
    it(`${file} says what is missing instead of crashing`, () => {
      for (const { name, path } of nodes) {
        const { status, stdout, stderr } = spawnSync(path, [join(dist, file), ...args], {
          encoding: "utf8",
          timeout: 30_000,
          cwd: scratch,
          env: { PATH: process.env["PATH"] },
        });
        assert.match(stdout + stderr, says, `on Node ${name}`);
        assert.equal(status, code, `on Node ${name}: ${stdout}${stderr}`);
      }
    });
  }

  it("cli/fluxgate.mjs is the command fluxgate where npm link puts it on the PATH", () => {
    const program = join(dist, "cli/fluxgate.mjs");
    // As npm does with what `bin` names.
    chmodSync(program, 0o755);
    const command = join(scratch, "fluxgate");
    symlinkSync(program, command);
    const { status, stdout } = spawnSync(command, ["--help"], { encoding: "utf8", cwd: scratch });
    assert.equal(status, 0);
    assert.match(stdout, /fluxgate <command>/);
  });
});
