import type { WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import type { LastSnapshot } from "./snapshot-store.ts";
import { findFlux } from "../../core/flux/flux-index.ts";
import type { FluxApplier } from "../../core/flux/flux-object.ts";
import { commitOf } from "../../core/flux/revision.ts";
import { nextRollouts, type Rollout } from "../../core/snapshot/rollouts.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { repositoryOf, type Connector } from "../connector.ts";

/** Notes when the cluster had fetched, applied and brought up the environment's last commit. */
export async function lookAtRollout(
  connector: Pick<Connector, "repositories">,
  environment: EnvironmentConfig,
  of: {
    readonly cluster: WatchedCluster;
    readonly members: readonly FluxApplier[];
    readonly commit: string | undefined;
    readonly healthy: boolean;
    readonly before: LastSnapshot | undefined;
    readonly at: string;
  },
): Promise<readonly Rollout[]> {
  const { cluster, commit, before, healthy, at } = of;
  const rollouts = before?.rollouts ?? [];
  if (commit === undefined || cluster.silent() !== undefined) return rollouts;
  const repository = repositoryOf(connector, environment);
  const has = async (revision: string | undefined) => {
    const found = commitOf(revision);
    return found !== undefined && (await repository.contains(commit, found)) === "yes";
  };
  const kustomizations = of.members.filter((member) => member.kind === "Kustomization");
  const applied = await Promise.all(
    kustomizations.map((one) => has(one.lastAppliedOriginRevision ?? one.lastAppliedRevision)),
  );
  const sources = kustomizations.flatMap(({ source }) => {
    const found = findFlux(cluster.flux(), source);
    return found?.kind === "GitRepository" ? found : [];
  });
  const fetched = await Promise.all(sources.map(({ artifactRevision }) => has(artifactRevision)));
  const exact = sources.find(({ artifactRevision }) => commitOf(artifactRevision) === commit);
  const all = (answers: readonly boolean[]) => answers.length > 0 && answers.every(Boolean);
  const isApplied = all(applied);
  return nextRollouts(rollouts, {
    ...{ commit, fetched: all(fetched), applied: isApplied, healthy: healthy && isApplied, at },
    ...(exact?.artifactStoredAt === undefined ? {} : { storedAt: exact.artifactStoredAt }),
    lastLookAt: before?.silent === undefined ? before?.observedAt : undefined,
  });
}
