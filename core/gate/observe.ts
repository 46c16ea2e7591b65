// What has to be read before a verdict, and is not known from watching Flux' objects.
import type { FluxObject } from "../flux/flux-object.ts";
import { commitOf } from "../flux/revision.ts";
import { identityKey } from "../manifests/identity.ts";
import type { Identity } from "../manifests/identity.ts";
import type { ClusterView } from "./cluster-view.ts";
import { viewCluster } from "./cluster-view.ts";
import { concernedObjects } from "./concerned.ts";
import type { ClusterFacts, GateInput } from "./gate-input.ts";
import { needsHealth } from "./healthy.ts";
import { liveObjects } from "./live-objects.ts";
import type { LiveObject } from "./live-objects.ts";

/** The live objects of one cluster whose health the gate asks for, each once. */
export function objectsToObserve(
  input: Omit<GateInput, "clusters">,
  cluster: ClusterFacts,
  commit: string,
): readonly Identity[] {
  const view = viewCluster({ ...input, clusters: [cluster] }, cluster, { commit, now: 0 });
  const wanted = locatedObjects(view).flatMap((live) =>
    live.state === "present" && needsHealth(live) ? [live.identity] : [],
  );
  return [...new Map(wanted.map((identity) => [identityKey(identity), identity])).values()];
}

/** The commits that Flux' objects name: `GateInput.contains` is asked of each. */
export function commitsToCompare(flux: readonly FluxObject[]): readonly string[] {
  const revisions = flux.flatMap((object) => {
    switch (object.kind) {
      case "GitRepository":
        return [object.artifactRevision];
      case "Kustomization":
        return [
          object.lastAppliedOriginRevision,
          object.lastAppliedRevision,
          object.lastAttemptedRevision,
        ];
      case "HelmChart":
        return [object.observedSourceArtifactRevision];
      case "HelmRelease":
        return [];
    }
  });
  return [...new Set(revisions.map(commitOf).filter((commit) => commit !== undefined))];
}

/** Where the objects of changed files are, by the inventories of all that runs the environment. */
export function locatedObjects(view: ClusterView): readonly LiveObject[] {
  const nested = concernedObjects(view).concerned.map(({ object }) => object);
  return liveObjects(view, [...new Set([...view.members, ...nested])]);
}
