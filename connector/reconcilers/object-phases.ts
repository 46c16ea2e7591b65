import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { FluxApplier } from "../../core/flux/flux-object.ts";
import { phaseOf } from "../../core/flux/phase.ts";
import { commitOf } from "../../core/flux/revision.ts";
import { environmentMembers } from "../../core/gate/environment-members.ts";
import type { ObjectPhase } from "../../core/gate/environment-statuses.ts";
import type { Answer } from "../../core/gate/gate-input.ts";
import { repositoryOf, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** What Flux says of an environment's objects, from the watch cache, against a commit. */
export async function readPhases(
  connector: Pick<Connector, "clusters" | "repositories">,
  environment: EnvironmentConfig,
  commit: string,
): Promise<readonly ObjectPhase[]> {
  const repository = repositoryOf(connector, environment);
  const phases: ObjectPhase[] = [];
  for (const { name, active } of environment.clusters) {
    const cluster = connector.clusters.get(name);
    if (!cluster) continue;
    const members = environmentMembers(cluster.flux(), {
      environment: environment.name,
      assigned: environment.objects,
    });
    for (const object of members) {
      const phase = phaseOf(object, await askWhetherApplied(repository, object, commit));
      phases.push({ cluster: name, active, object, phase });
    }
  }
  return phases;
}

// A HelmRelease names a chart version, never a commit: it is not asked.
async function askWhetherApplied(
  repository: ManifestsRepository,
  object: FluxApplier,
  commit: string,
): Promise<Answer | undefined> {
  if (object.kind !== "Kustomization") return undefined;
  const applied = commitOf(object.lastAppliedOriginRevision ?? object.lastAppliedRevision);
  return applied === undefined ? "no" : repository.contains(commit, applied);
}
