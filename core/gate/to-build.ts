import type { Kustomization } from "../flux/flux-object.ts";
import { untoldBringers } from "./bringers.ts";
import { isChanged } from "./changed-identities.ts";
import { isBoundSource, viewCluster } from "./cluster-view.ts";
import type { ClusterFacts, GateInput } from "./gate-input.ts";
import { locatedChanges } from "./reached.ts";

/**
 * The Kustomizations of one cluster of which only a build tells what X changed: `ClusterFacts.built`
 * is asked for each. Where X changed the Kustomization itself it is judged whole, whatever it builds.
 */
export function kustomizationsToBuild(
  input: Omit<GateInput, "clusters">,
  cluster: ClusterFacts,
  commit: string,
): readonly Kustomization[] {
  if (input.everything === true || cluster.silent !== undefined || !cluster.active) return [];
  const view = viewCluster({ ...input, clusters: [cluster] }, cluster, { commit, now: 0 });
  const untold = [...locatedChanges(view).whole, ...untoldBringers(view)];
  return [...new Set(untold.map(({ applier }) => applier))].flatMap((applier) => {
    if (applier.kind !== "Kustomization" || isChanged(view, applier)) return [];
    const { source } = applier;
    return source.kind === "GitRepository" && isBoundSource(view, source) ? [applier] : [];
  });
}
