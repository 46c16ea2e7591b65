import { absentKube, type Kube } from "../../kube/kube.ts";
import type { KubeLock } from "../../kube/kube-lock.ts";
import { openKubeInBrowser } from "../../kube/open-browser.ts";

// A reader waits: better to say what is not known than to keep the page for minutes.
const limits = { deadlineMilliseconds: 20_000, startMilliseconds: 60_000 };

/**
 * Flux' own build and the API server's own checks, each in a worker of its own. The modules lie beside
 * this script (7 and 14 MB, kept by the browser, loaded when they are first asked); where the extension
 * was packaged without one, the door says so. UNVERIFIED: that frames of extensions allow WebAssembly.
 */
export async function openKubeOfPage(module: "build" | "validate"): Promise<Kube> {
  const whose = module === "build" ? "Flux' own code" : "it";
  const folder = new URL("./kube/", location.href).href;
  const answer = await fetch(`${folder}kube.json`).catch(() => undefined);
  const lock = answer?.ok === true ? ((await answer.json()) as Partial<KubeLock>) : undefined;
  if (lock?.modules?.[module] === undefined) {
    return absentKube(`${whose} could not be loaded, or this extension is without it`);
  }
  // Some browsers start no worker from a worker.
  if (typeof Worker === "undefined") return absentKube(`this browser cannot run ${whose}`);
  return openKubeInBrowser({
    makeWorker: () => new Worker(new URL("../../kube/browser-worker.ts", import.meta.url)),
    folder,
    ...{ minor: Number(lock.kubernetes?.split(".")[1]), digest: "", limits },
  });
}
