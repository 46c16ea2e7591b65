import { after, before } from "mocha";
import { openKube } from "../../kube/open-node.ts";
import type { Kube } from "../../kube/kube.ts";
import type { Limits } from "../../kube/worker-client.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";

// Starting the modules is the dearest part of many tests: all files of a process share one door. Its
// workers keep nothing alive, so nobody has to close it.
let shared: Kube | undefined;

/**
 * The real modules for the tests of one `describe`, which is skipped where `npm test` could not make
 * them (no Go).
 */
export function useKube(limits?: Partial<Limits>): () => Kube {
  let kube: Kube | undefined;
  before(async function () {
    this.timeout(120_000);
    const folder = await kubeFromCache();
    if (folder === undefined) this.skip();
    kube = limits ? openKube(folder, limits) : (shared ??= keptOpen(openKube(folder)));
  });
  after(() => {
    if (limits) kube?.close();
  });
  return () => {
    if (kube === undefined) throw new Error("used before it is there");
    return kube;
  };
}

// Whoever opened a door closes it: here that is nobody, and the next file still needs it.
function keptOpen(kube: Kube): Kube {
  return { ...kube, close: () => undefined };
}
