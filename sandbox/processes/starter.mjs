// Starts programs on behalf of a larger process, see run-program.ts. Plain JavaScript: loading a
// transpiler would make this process as large as the one that it works for.
import { spawn } from "node:child_process";

const running = new Map();

process.on("message", ({ id, start, stop }) => {
  if (stop) return void running.get(id)?.kill("SIGKILL");
  const { command, args, cwd, env, input, timeoutMs } = start;
  const out = [];
  const err = [];
  let child;
  try {
    child = spawn(command, args, { cwd, env, timeout: timeoutMs, killSignal: "SIGKILL" });
  } catch (error) {
    // A null character among the arguments, say: it ends nobody else's programs.
    const nothing = Buffer.alloc(0);
    process.send({ id, code: -1, stdout: nothing, stderr: Buffer.from(String(error)) });
    return;
  }
  running.set(id, child);
  const finish = (code, failure) => {
    if (!running.delete(id)) return;
    const stderr = failure === undefined ? Buffer.concat(err) : Buffer.from(failure);
    process.send({ id, code, stdout: Buffer.concat(out), stderr });
  };
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (chunk) => err.push(chunk));
  child.on("error", (error) => finish(-1, error.message));
  child.on("close", (code) => finish(code ?? -1));
  // A program may end before it has read everything.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
});

// The terminal's Ctrl-C reaches every process of the group; the larger one decides when to end.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
process.on("disconnect", () => {
  for (const child of running.values()) child.kill("SIGKILL");
  process.exit();
});
