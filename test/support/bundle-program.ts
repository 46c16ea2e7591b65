import { buildSync } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const built = new Map<string, string>();

/**
 * The file of a program of ours, in one piece: to load its hundreds of modules one by one takes ten
 * times as long, at each start. Not for programs that look for other files beside their modules.
 */
export function bundleProgram(program: string): string {
  const file = built.get(program) ?? bundle(resolve(program));
  built.set(program, file);
  return file;
}

function bundle(program: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [program],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    write: false,
    logLevel: "error",
  });
  const text = outputFiles[0]?.text ?? "";
  // Inside of node_modules, where its imports are found.
  const folder = resolve("node_modules/.cache/fluxgate-programs");
  const file = join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  // Two processes may write the same one at once.
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}
