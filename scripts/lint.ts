// Every check that a change must pass before it lands. Two at a time, the longest first: each takes one
// core, and minutes. What one says is printed whole, once it has ended.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mapLimited } from "../clients/map-limited.ts";

const checks: readonly (readonly [string, ...string[]])[] = [
  ["eslint", "--max-warnings", "0", "."],
  ["prettier", "--check", "--log-level", "warn", "."],
  ["tsc", "-p", "."],
  ["tsx", "scripts/silent-tests.ts"],
  ["tsx", "scripts/dead-exports.ts"],
];

// They print to a pipe, and would leave their colours out.
const env = { ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...process.env };

const passed = await mapLimited(checks, 2, async ([command, ...args]) => {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
    env,
  });
  const said: Buffer[] = [];
  for (const output of [child.stdout, child.stderr]) {
    output.on("data", (chunk: Buffer) => said.push(chunk));
  }
  const [code] = (await once(child, "close")) as [number | null];
  process.stdout.write(Buffer.concat(said));
  if (code !== 0) console.error(`Failed: ${command} ${args.join(" ")}`);
  return code === 0;
});
process.exitCode = passed.every(Boolean) ? 0 : 1;
