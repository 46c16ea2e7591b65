// helm-controller waits for what it installs or upgrades, and never looks at it again: Ready stays.
import type { FluxApplier } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import type { ClusterView } from "./cluster-view.ts";

/**
 * Is it asked how things are now, where a release's word is of its last upgrade: of all that runs, of what a
 * run found unchanged, or of what no run waits for? Before Flux 2.8 nobody knows what it applied.
 */
export function isOldWord({ input }: ClusterView, applier: FluxApplier): boolean {
  const { everything = false, settled = false, target } = input;
  return (
    (everything || settled || target.kind === "unchanged") &&
    applier.kind === "HelmRelease" &&
    !applier.disableWait &&
    applier.inventory.some(isRunning)
  );
}

const running = new Set(["DaemonSet", "Deployment", "StatefulSet"]);

/** What goes on running, and may break later. */
export function isRunning({ group, kind }: Identity): boolean {
  return group === "apps" && running.has(kind);
}
