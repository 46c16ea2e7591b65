// Installs the locked dependencies when they are missing or stale, then runs the given command.
// Plain JavaScript without imports from node_modules: it is what a fresh clone starts with.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..");
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Failed to start Fluxgate: Node ${process.versions.node} is too old. Install Node 20.19 or newer.`,
  );
  process.exit(1);
}

// `git merge-tree --write-tree`, with which the sandbox merges, came with 2.38.
const gitVersion = spawnSync("git", ["--version"], { encoding: "utf8" }).stdout ?? "";
const [gitMajor, gitMinor] = (/(\d+)\.(\d+)/.exec(gitVersion) ?? [0, 0, 0]).slice(1).map(Number);
if (gitMajor < 2 || (gitMajor === 2 && gitMinor < 38)) {
  const found = gitVersion === "" ? "git was not found" : `${gitVersion.trim()} is too old`;
  console.error(`Failed to start Fluxgate: ${found}. Install git 2.38 or newer.`);
  process.exit(1);
}

const stamp = join(root, "node_modules/.install-stamp");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .update(readFileSync(join(root, "package.json")))
  .update(readFileSync(join(root, "sandbox/package.json")))
  .digest("hex");
if ((existsSync(stamp) ? readFileSync(stamp, "utf8") : "") !== wanted) {
  console.error("Installing dependencies (npm ci, about 30 s the first time) ...");
  const install = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (install.status !== 0) {
    console.error("Failed to install dependencies: npm ci ended with an error, see above.");
    process.exit(install.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
  env: {
    ...process.env,
    INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
    PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`,
  },
});
// The child decides how to end on Ctrl-C; this process only passes its result on.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) =>
  process.exit(code ?? (signal ? 128 + constants.signals[signal] : 1)),
);
