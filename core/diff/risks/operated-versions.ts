// Versions that a custom resource asks its operator for.
import { leavesOf } from "../leaves.ts";
import type { ObjectChange } from "../object-change.ts";
import { isFlux, isKnownType } from "../object-type.ts";
import { keysOf } from "../path.ts";
import { isMajor, isOlder } from "../version-order.ts";
import { keepsData } from "./images.ts";

// Cluster API, Rancher's system-upgrade-controller, tuppr for Talos: theirs are versions of nodes.
const ofNodes =
  /^((bootstrap|controlplane|infrastructure)\.)?cluster\.x-k8s\.io$|^upgrade\.cattle\.io$|^tuppr\./;

/** Older versions, major ones of what keeps data, and those of nodes; in sentences. */
export function operatedVersions(change: ObjectChange): readonly string[] {
  const { before, after, identity, edits } = change;
  if (before === undefined || after === undefined) return [];
  if (isKnownType(identity) || isFlux(identity)) return [];
  const leaves = edits.filter(({ noise }) => noise === undefined).flatMap(leavesOf);
  return leaves.flatMap((leaf) => {
    const keys = keysOf(leaf.path);
    const [was, is, place] = [leaf.before, leaf.after, keys.join(".")];
    const isVersion = keys[0] === "spec" && /^(?!apiVersion$).*version$/i.test(keys.at(-1) ?? "");
    if (!isVersion || typeof was !== "string" || typeof is !== "string") return [];
    const goes = `from ${was} to ${is} (${place})`;
    if (ofNodes.test(identity.group)) return [`restarts or replaces nodes: ${goes}`];
    if (isOlder(is, was)) return [`goes back ${goes}`];
    return keepsData(change) && isMajor(is, was)
      ? [`goes ${goes}: another major version of what keeps data`]
      : [];
  });
}
