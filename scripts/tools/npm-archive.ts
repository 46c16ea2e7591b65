import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TerminalError } from "../../core/errors.ts";

/**
 * Downloads one package by `npm pack` (no dependencies, no install scripts), checks its sha512 and
 * unpacks it. Returns the folder `package` of the archive.
 */
export function fetchPackage(
  spec: string,
  options: { readonly sha512: string; readonly directory: string },
): string {
  run("npm", ["pack", spec, "--loglevel=error", "--pack-destination", options.directory], spec);
  const archive = readdirSync(options.directory).find((name) => name.endsWith(".tgz"));
  if (!archive) throw failed(spec, "npm pack left no archive");
  const path = join(options.directory, archive);
  const actual = createHash("sha512").update(readFileSync(path)).digest("base64");
  if (actual !== options.sha512) throw failed(spec, "its checksum is not the pinned one");
  run("tar", ["xzf", path, "-C", options.directory], spec);
  return join(options.directory, "package");
}

function run(command: string, args: readonly string[], spec: string): void {
  const result = spawnSync(command, args, {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.status === 0) return;
  throw failed(spec, (result.stderr || String(result.error ?? "")).trim().slice(-500));
}

function failed(spec: string, cause: string): TerminalError {
  return new TerminalError(`Failed to download tool package ${spec}: ${cause}`, {
    code: "tool-download-failed",
    hint: "Check that the npm registry can be reached, then run the command again.",
  });
}
