// What has to be read before a verdict, and is not known from watching Flux' objects.
import type { FluxObject } from "../flux/flux-object.ts";
import { commitOf } from "../flux/revision.ts";
import { findFlux, sourceBinding, type BranchOfRepository } from "../flux/source-binding.ts";
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

/**
 * The commits of this repository that Flux' objects name: `GateInput.contains` is asked of each. What
 * builds from other sources has commits that the repository does not know.
 */
export function commitsToCompare(
  flux: readonly FluxObject[],
  of: BranchOfRepository,
): readonly string[] {
  const revisions = flux.flatMap((object) => {
    if (!isOf(flux, object, of)) return [];
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

function isOf(flux: readonly FluxObject[], object: FluxObject, of: BranchOfRepository): boolean {
  if (object.kind === "GitRepository") return sourceBinding(object, of).bound;
  if (object.kind === "HelmRelease") return false;
  const source = findFlux(flux, object.source);
  if (source?.kind === "GitRepository") return sourceBinding(source, of).bound;
  // An artefact that is not git may have been made from a commit of it.
  return object.kind === "Kustomization" && object.lastAppliedOriginRevision !== undefined;
}

/** Where the objects of changed files are, by the inventories of all that runs the environment. */
export function locatedObjects(view: ClusterView): readonly LiveObject[] {
  const nested = concernedObjects(view).concerned.map(({ object }) => object);
  return liveObjects(view, [...new Set([...view.members, ...nested])]);
}
