import { absentKube, type Kube } from "../../kube/kube.ts";
import { openKubeInBrowser } from "../../kube/open-browser.ts";

// A reader waits: better to say what is not known than to keep the page for minutes.
const limits = { deadlineMilliseconds: 20_000, startMilliseconds: 60_000 };

/**
 * Flux' own build, in a worker of its own. The module lies beside this script (11 MB, kept by the
 * browser); where the extension was packaged without it, the door says so. UNVERIFIED: that frames of
 * extensions allow WebAssembly.
 */
export async function openBuilds(): Promise<Kube> {
  const folder = new URL("./kube/", location.href).href;
  const lock = await fetch(`${folder}kube.json`).catch(() => undefined);
  if (lock?.ok !== true) {
    return absentKube("Flux' own code could not be loaded, or this extension is without it");
  }
  // Some browsers start no worker from a worker.
  if (typeof Worker === "undefined") return absentKube("this browser cannot run Flux' own code");
  return openKubeInBrowser({
    makeWorker: () => new Worker(new URL("../../kube/browser-worker.ts", import.meta.url)),
    folder,
    // Of the API server's checks, which are not asked here.
    ...{ minor: 0, digest: "", limits },
  });
}
