// What has to be read before a verdict, and is not known from watching Flux' objects.
import { findFlux } from "../flux/flux-index.ts";
import type {
  FluxApplier,
  FluxObject,
  HealthCheckExpression,
  KubeConfigReference,
} from "../flux/flux-object.ts";
import { fluxKindOf } from "../flux/kinds/flux-kinds.ts";
import { commitOf } from "../flux/revision.ts";
import { sourceBinding, type BranchOfRepository } from "../flux/source-binding.ts";
import type { Identity } from "../manifests/identity.ts";
import { objectsApplied } from "./applied.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound, viewCluster } from "./cluster-view.ts";
import type { ClusterFacts, GateInput } from "./gate-input.ts";
import { healthKey } from "./health-key.ts";
import { needsLook } from "./healthy.ts";
import { judgedObjects } from "./judged-objects.ts";

/** An object whose health the gate asks for, and where and how it is read. */
export type Wanted = Identity & {
  /** Of `ClusterFacts.health`. */
  readonly key: string;
  /** It lives in the cluster that this leads to. */
  readonly kubeConfig?: KubeConfigReference;
  /** How its Kustomization or HelmRelease has Flux tell the health of its kind. */
  readonly expression?: HealthCheckExpression;
};

/** The live objects of one cluster whose health the gate asks for, each once. */
export function objectsToObserve(
  input: Omit<GateInput, "clusters">,
  cluster: ClusterFacts,
  commit: string,
): readonly Wanted[] {
  const view = viewCluster({ ...input, clusters: [cluster] }, cluster, { commit, now: 0 });
  return judgedObjects(view, input.memory).live.flatMap((live) => {
    if (live.state !== "present" || !needsLook(view, live)) return [];
    // Until then its objects are what was there before.
    return isThere(view, live.applier) ? [wanted(live.identity, live.applier)] : [];
  });
}

function isThere(view: ClusterView, applier: FluxApplier): boolean {
  return !isBound(view, applier) || objectsApplied(view, applier);
}

function wanted(identity: Identity, applier: FluxApplier): Wanted {
  const { kubeConfig, healthCheckExprs } = applier;
  const expression = healthCheckExprs.find(
    ({ group, kind }) => group === identity.group && kind === identity.kind,
  );
  return {
    ...identity,
    key: healthKey(applier, identity),
    ...(kubeConfig === undefined ? {} : { kubeConfig }),
    ...(expression === undefined ? {} : { expression }),
  };
}

/**
 * The commits of this repository that Flux' objects name: `GateInput.contains` is asked of each. What
 * builds from other sources has commits that the repository does not know.
 */
export function commitsToCompare(
  flux: readonly FluxObject[],
  of: BranchOfRepository,
): readonly string[] {
  const revisions = flux.flatMap((object) =>
    isOf(flux, object, of) ? fluxKindOf(object).commits(object) : [],
  );
  return [...new Set(revisions.map(commitOf).filter((commit) => commit !== undefined))];
}

function isOf(flux: readonly FluxObject[], object: FluxObject, of: BranchOfRepository): boolean {
  switch (object.kind) {
    case "GitRepository":
    case "OCIRepository":
    case "ExternalArtifact":
      return sourceBinding(object, of).bound;
    case "HelmRelease":
    case "HelmRepository":
    case "ImageRepository":
    case "ImagePolicy":
    case "ImageUpdateAutomation":
      return false;
    case "HelmChart":
    case "Kustomization": {
      const source = findFlux(flux, object.source);
      return source !== undefined && sourceBinding(source, of).bound;
    }
  }
}
