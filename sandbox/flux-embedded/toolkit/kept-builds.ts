import { existsSync } from "node:fs";
import type { Cluster } from "../cluster.ts";
import type { Attempt } from "./kustomization-spec.ts";
import { artifactFile } from "./source-progress.ts";

// kustomize-controller builds anew at each interval, and gets the same for the same artifact and
// spec. Here each build is two processes, and tests have intervals of two seconds: the last build of
// a Kustomization is kept. (What a kustomization.yaml names in other places is read once an artifact.)
const kept = new WeakMap<Cluster, Map<string, { readonly from: string; readonly yaml: string }>>();

/** What the last pass built of this very artifact and spec; undefined where nothing is known. */
export function findBuild(cluster: Cluster, attempt: Attempt): string | undefined {
  const last = kept.get(cluster)?.get(ownerOf(attempt));
  if (last?.from !== inputsOf(attempt)) return undefined;
  return existsSync(artifactFile(cluster, attempt.artifact)) ? last.yaml : undefined;
}

export function keepBuild(cluster: Cluster, attempt: Attempt, yaml: string): void {
  const builds = kept.get(cluster) ?? new Map<string, { from: string; yaml: string }>();
  kept.set(cluster, builds.set(ownerOf(attempt), { from: inputsOf(attempt), yaml }));
}

function ownerOf({ draft }: Attempt): string {
  return draft.object.metadata.uid ?? "";
}

function inputsOf({ artifact, spec }: Attempt): string {
  return JSON.stringify([artifact.digest, spec]);
}
