import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { runProgram } from "../../processes/run-program.ts";

const env = { PATH: process.env["PATH"] };
const script = (text: string) => ["--input-type=module", "--eval", text];

describe("programs started by the small process", () => {
  it("get their input, and give back every byte and the exit code", async () => {
    const input = Buffer.from([0, 255, 10, 195, 40]);
    const args = script("process.stdin.pipe(process.stdout); process.exitCode = 3;");
    const { code, stdout } = await runProgram({ command: process.execPath, args, env, input });
    assert.equal(code, 3);
    assert.deepEqual(stdout, input);
  });

  it("see nothing of this process's environment", async () => {
    const args = script("console.log(Object.keys(process.env).join())");
    const { stdout } = await runProgram({ command: process.execPath, args, env });
    assert.equal(stdout.toString().trim(), "PATH");
  });

  it("that are not there end with -1 and the cause", async () => {
    const { code, stderr } = await runProgram({ command: "no-such-program", args: [], env });
    assert.equal(code, -1);
    assert.match(stderr.toString(), /ENOENT/);
  });

  it("are stopped by their signal, also one that is already given", async () => {
    const args = script("setInterval(() => {}, 1000)");
    const given = AbortSignal.abort();
    const one = await runProgram({ command: process.execPath, args, env, signal: given });
    assert.equal(one.code, -1);
    const control = new AbortController();
    const two = runProgram({ command: process.execPath, args, env, signal: control.signal });
    control.abort();
    assert.equal((await two).code, -1);
  });

  it("are stopped when their time is up", async () => {
    const args = script("setInterval(() => {}, 1000)");
    const { code } = await runProgram({ command: process.execPath, args, env, timeoutMs: 50 });
    assert.equal(code, -1);
  });

  it("may die with the small process: that is an error, and the next one runs", async () => {
    const args = script("process.kill(process.ppid, 'SIGKILL'); setInterval(() => {}, 1000)");
    await assert.rejects(
      runProgram({ command: process.execPath, args, env }),
      /the process that starts programs has ended/,
    );
    const { code } = await runProgram({ command: "git", args: ["--version"], env });
    assert.equal(code, 0);
  });

  it("keep their process alive while they run, and not a moment longer", async () => {
    const program = resolve("sandbox/processes/run-program.ts");
    const text = `import { runProgram } from ${JSON.stringify(program)};
      const env = { PATH: process.env.PATH };
      const { stdout } = await runProgram({ command: "git", args: ["--version"], env });
      process.stdout.write(stdout);`;
    const args = ["--import", "tsx", ...script(text)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
    assert.match(stdout, /^git version/);
  });
});
