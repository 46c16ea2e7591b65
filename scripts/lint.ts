// Every check that a change must pass before it lands, in the order of how fast it fails.
import { spawnSync } from "node:child_process";

const checks: readonly (readonly [string, ...string[]])[] = [
  ["prettier", "--check", "--log-level", "warn", "."],
  ["tsc", "-p", "."],
  ["eslint", "--max-warnings", "0", "."],
  ["tsx", "scripts/dead-exports.ts"],
  ["tsx", "scripts/silent-tests.ts"],
];

let failed = false;
for (const [command, ...args] of checks) {
  const result = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    console.error(`Failed: ${command} ${args.join(" ")}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
