import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { KubeLock } from "./kube-lock.ts";
import { absentKube, kubeOver, type Kube } from "./kube.ts";
import type { FromWorker } from "./protocol.ts";
import { usedCpuMs } from "./used-cpu.ts";
import type { Limits, Source } from "./worker-client.ts";

/** What a folder with the modules holds; `scripts/kube.ts` makes it. */
export const kubeFiles = {
  build: "build.wasm.gz",
  validate: "validate.wasm.gz",
  worker: "worker.cjs",
  lock: "kube.json",
  licences: "LICENSES.txt",
} as const;

/**
 * The folder with the modules: `FLUXGATE_KUBE`, or `kube/` beside the running program, or `dist/kube/`
 * of a checkout; then `further`. Undefined where there is none.
 */
export function findKube(...further: readonly string[]): string | undefined {
  const asked = process.env["FLUXGATE_KUBE"];
  if (asked !== undefined) return asked === "" ? undefined : resolve(asked);
  const program = process.argv[1];
  if (program === undefined || !existsSync(program)) return undefined;
  const beside = dirname(realpathSync(program));
  const known = [join(beside, "kube"), join(beside, "../dist/kube"), join(beside, "../kube")];
  return [...known, ...further].find((folder) => existsSync(join(folder, kubeFiles.worker)));
}

/** The door of a running program; where somebody switched it off, it says so. */
export function kubeOfProgram(): Kube {
  const isOff = process.env["FLUXGATE_KUBE"] === "";
  return isOff
    ? absentKube("it is switched off (FLUXGATE_KUBE is empty)")
    : openKube(findKube(), patient);
}

/** For steps of a pipeline and commands, whose answer must not hang on how busy the machine is. */
export const patient: Partial<Limits> = { deadlineMilliseconds: 120_000, usedCpuMs };

/**
 * The modules of a folder, in worker threads. Without a folder, or one that lost its lock: a door that
 * says "absent", and why.
 */
export function openKube(folder: string | undefined, limits?: Partial<Limits>): Kube {
  if (folder === undefined) {
    return absentKube(
      "this program was packaged, or runs, without Flux's and Kubernetes' own code",
    );
  }
  const lock = lockIn(folder);
  if ("problem" in lock) {
    return absentKube(`Flux's and Kubernetes' own code cannot be used: ${lock.problem}`);
  }
  const { kubernetes, modules } = lock;
  return kubeOver({
    minor: Number(kubernetes.split(".")[1]),
    digest: `${modules.build.sha256} ${modules.validate.sha256}`,
    spawn: () => spawn(join(folder, kubeFiles.worker)),
    sources: limits?.maximumBytes !== undefined ? sourcesIn(folder) : sharedSources(folder, lock),
    ...(limits && { limits }),
  });
}

// What one door compiled another one takes, where both have the same limit of memory.
const shared = new Map<string, ReturnType<typeof sourcesIn>>();

function sharedSources(folder: string, { modules }: KubeLock): ReturnType<typeof sourcesIn> {
  const key = JSON.stringify([folder, modules]);
  const known = shared.get(key) ?? sourcesIn(folder);
  shared.set(key, known);
  return known;
}

function sourcesIn(folder: string): { readonly build: Source; readonly validate: Source } {
  const of = (name: "build" | "validate") => ({ address: moduleIn(folder, name) });
  return { build: of("build"), validate: of("validate") };
}

/** What the modules of a folder were made of. */
export function readKubeLock(folder: string): KubeLock {
  return JSON.parse(readFileSync(join(folder, kubeFiles.lock), "utf8")) as KubeLock;
}

function lockIn(folder: string): KubeLock | { readonly problem: string } {
  try {
    return readKubeLock(folder);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

// Packages carry them smaller, in a form that browsers cannot unpack.
function moduleIn(folder: string, name: "build" | "validate"): string {
  const packed = join(folder, `${name}.wasm.br`);
  return existsSync(packed) ? packed : join(folder, kubeFiles[name]);
}

function spawn(file: string) {
  // It gets neither the environment nor the options of this process.
  const worker = new Worker(file, { env: {}, execArgv: [], argv: [] });
  return {
    post: (message: unknown) => worker.postMessage(message),
    onMessage: (take: (message: FromWorker) => void) => {
      worker.on("message", take);
      // What waits for it has a deadline, whose timer keeps the process alive. Not before: a listener
      // for messages takes that back.
      worker.unref();
    },
    onGone: (take: (text: string) => void) => {
      worker.on("error", (cause) => take(cause.message));
      worker.on("exit", (code) => take(`the worker ended with ${code}`));
    },
    end: () => void worker.terminate(),
  };
}
