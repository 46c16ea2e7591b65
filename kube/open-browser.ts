import { kubeOver, type Kube } from "./kube.ts";
import type { FromWorker } from "./protocol.ts";
import type { Limits } from "./worker-client.ts";

/**
 * The modules in Web Workers. The caller makes the worker, so that its bundler sees the file:
 * `() => new Worker(new URL("../../kube/browser-worker.ts", import.meta.url))`.
 */
export function openKubeInBrowser(options: {
  readonly makeWorker: () => Worker;
  /** The address of the folder that holds the gzipped modules, with a slash at its end. */
  readonly folder: string;
  /** Of `kube.json` beside them. */
  readonly minor: number;
  readonly digest: string;
  readonly limits?: Partial<Limits>;
}): Kube {
  const { makeWorker, folder, limits, minor, digest } = options;
  return kubeOver({
    minor,
    digest,
    spawn: () => spawn(makeWorker()),
    sources: {
      build: { address: new URL("build.wasm.gz", folder).href },
      validate: { address: new URL("validate.wasm.gz", folder).href },
    },
    ...(limits && { limits }),
  });
}

function spawn(worker: Worker) {
  return {
    post: (message: unknown) => worker.postMessage(message),
    onMessage: (take: (message: FromWorker) => void) =>
      worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => take(data)),
    onGone: (take: (text: string) => void) =>
      worker.addEventListener("error", (event) => take(event.message || "the worker did not load")),
    end: () => worker.terminate(),
  };
}
