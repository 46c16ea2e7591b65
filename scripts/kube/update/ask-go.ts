// What Go's own tool answers about public modules: it asks the proxy that the machine is set to.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goRefusal } from "../go-refusal.ts";
import { minorOf, newestPatch } from "./newest-patch.ts";
import { readMod, type Mod } from "./read-mod.ts";
import { updateFailed } from "./update-failed.ts";

type Where = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv };

/** @throws TerminalError with code "kube-update-failed" */
export function runGo(args: readonly string[], { cwd, env = {} }: Where = {}): string {
  const { status, stdout, stderr, error } = spawnSync("go", args, {
    ...(cwd === undefined ? {} : { cwd }),
    encoding: "utf8",
    env: { ...process.env, GOWORK: "off", ...env },
    timeout: 600_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  const text = goRefusal({ stdout, stderr });
  throw updateFailed(
    `go ${args.slice(0, 2).join(" ")}: ${causeIn(text) || (error?.message ?? "no answer")}`,
    "Install Go 1.26 or newer, see that its module proxy can be reached, and run again.",
  );
}

// Go tells what it does, then what went wrong, often of many modules for one cause.
function causeIn(text: string): string {
  const lines = text.trim().split("\n");
  const does = /^go: (downloading|finding|found|upgraded|added|downgraded) /;
  const words = lines.filter((line) => !does.test(line)).slice(0, 2);
  return words.join(" ").replace(/\s+/g, " ").trim().slice(0, 500).replace(/\.$/, "");
}

/**
 * What a module's minor version is at its newest, `standing` where it is that. A whole version is taken
 * as it is named.
 */
export function findNewestPatch(module: string, minor: string, standing: string): string {
  if (/^\d+\.\d+\.\d+$/.test(minor)) return `v${minor}`;
  const answer = JSON.parse(
    outsideOfModules((cwd) => runGo(["list", "-m", "-versions", "-json", module], { cwd })),
  ) as { readonly Versions?: readonly string[] };
  const { Versions: listed = [] } = answer;
  const found = newestPatch(listed, minor, standing);
  if (found !== undefined && listed.length > 0) return found;
  const known = [...new Set(listed.map(minorOf))];
  const cause =
    listed.length === 0
      ? `the module proxy lists no version of ${module}`
      : `the module proxy lists no release of ${module} ${minor}, only of ${known.slice(-6).join(", ")}`;
  throw updateFailed(cause, "Name a version that is released, and see that the proxy has it.");
}

/** The newest patch of a version of Go: `go1.26.8`. */
export function findToolchain(goMinor: string): string {
  const answer = outsideOfModules((cwd) =>
    runGo(["list", "-m", "-json", `go@${goMinor}`], { cwd }),
  );
  return `go${(JSON.parse(answer) as { readonly Version: string }).Version}`;
}

/** The go.mod of a module's version. */
export function readModOf(module: string, version: string): Mod {
  const answer = JSON.parse(
    outsideOfModules((cwd) => runGo(["list", "-m", "-json", `${module}@${version}`], { cwd })),
  ) as { readonly GoMod: string };
  return readMod(readFileSync(answer.GoMod, "utf8"));
}

// So that no go.mod decides the version.
function outsideOfModules<T>(ask: (cwd: string) => T): T {
  const cwd = mkdtempSync(join(tmpdir(), "fluxgate-update-"));
  try {
    writeFileSync(join(cwd, "go.mod"), "module update\n");
    return ask(cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
