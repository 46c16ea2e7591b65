import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { kubeFiles } from "../../kube/open-node.ts";
import { cacheDirectory } from "../tools/cache.ts";
import { ensureKubeModules, kubeModulesKey } from "./build-modules.ts";

const root = resolve(import.meta.dirname, "../..");
const placed = join(root, "dist/kube");
/** Beside the hub's pages, whose browsers load it from there. */
const placedForHub = join(root, "dist/hub/kube");

/**
 * `dist/kube/` with modules and worker: Go makes them at the first time, then they are cached.
 * Undefined where there is no Go.
 * @throws TerminalError with code "kube-build-failed"
 */
export async function ensureKube(): Promise<string | undefined> {
  const ready = existsSync(join(cacheDirectory(), kubeModulesKey()));
  if (!ready && spawnSync("go", ["version"]).status !== 0) return undefined;
  return placeAll(await ensureKubeModules());
}

/** `dist/kube/` when nothing has to be compiled by Go for it; undefined otherwise. */
export async function kubeFromCache(): Promise<string | undefined> {
  const modules = join(cacheDirectory(), kubeModulesKey());
  return existsSync(modules) ? placeAll(modules) : undefined;
}

async function placeAll(modules: string): Promise<string> {
  const folder = await place(modules);
  const { lock, build: flux, validate: server, licences } = kubeFiles;
  const [made, there] = [folder, placedForHub].map((one) => join(one, lock));
  const carried = [flux, server, licences, lock];
  const isSame =
    carried.every((name) => existsSync(join(placedForHub, name))) &&
    made !== undefined &&
    there !== undefined &&
    readFileSync(made, "utf8") === readFileSync(there, "utf8");
  if (isSame) return folder;
  rmSync(placedForHub, { recursive: true, force: true });
  mkdirSync(placedForHub, { recursive: true });
  // The lock comes last: what has it is whole.
  for (const name of carried) {
    linkOrCopy(join(modules, name), join(placedForHub, name));
  }
  return folder;
}

async function place(modules: string): Promise<string> {
  const worker = await kubeWorkerText();
  const stamp = `${kubeModulesKey()} ${createHash("sha256").update(worker).digest("hex")}`;
  const stampFile = join(placed, ".made-from");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return placed;
  const partial = `${placed}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const { worker: workerFile, ...made } = kubeFiles;
  for (const name of Object.values(made)) linkOrCopy(join(modules, name), join(partial, name));
  writeFileSync(join(partial, workerFile), worker);
  writeFileSync(join(partial, ".made-from"), stamp);
  rmSync(placed, { recursive: true, force: true });
  renameSync(partial, placed);
  return placed;
}

/** What runs in a worker thread, as one file. */
export async function kubeWorkerText(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "kube/node-worker.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Another file system.
    copyFileSync(from, to);
  }
}
