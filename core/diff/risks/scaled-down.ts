import { count } from "../../count.ts";
import { identityKey, identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { objectName } from "../../manifests/object-name.ts";
import { usersOf } from "../users.ts";
import { annotationsOf } from "../labels.ts";
import { textOf, valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium, type Surroundings } from "../risk.ts";

/** Fewer pods than before: none at all, or a lower ceiling. */
export function scaledDown(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { before, after, identity } = change;
  if (after === undefined) return [];
  const counted = counts.flatMap((field) => fewer(field, change, beside));
  if (before === undefined) return [...counted, ...overruled(change, beside)];
  const suspended = ["spec.suspend", "spec.suspended"].some(
    (field) => valueAt(before, field) !== true && valueAt(after, field) === true,
  );
  const isFluxs = identity.group.endsWith("toolkit.fluxcd.io");
  return [
    ...counted,
    ...(suspended && !isFluxs ? [medium("is suspended: it no longer runs")] : []),
    ...bounds(before, after),
    ...heldByKeda(before, after),
    ...rivals(change, beside),
  ];
}

/** Fields that say how many run, of Kubernetes' kinds and of widespread operators'. */
const counts = [
  ...["spec.replicas", "spec.instances", "spec.numberOfInstances", "spec.parallelism"],
  ...["spec.replicaCount", "spec.kafka.replicas", "spec.zookeeper.replicas", "spec.nodes"],
];

function fewer(
  field: string,
  { before, after }: ObjectChange,
  { after: objects }: Surroundings,
): readonly Finding[] {
  const [from, to] = [number(before, field), number(after, field)];
  const name = field.replace("spec.", "");
  if (to === 0 && from !== 0) {
    const was = before === undefined ? "starts with" : `goes from ${from ?? "its default"} to`;
    return [high(`${was} 0 ${name}: nothing of it runs`)];
  }
  if (from !== undefined && to !== undefined && to < from && to * 2 <= from) {
    return [medium(`goes from ${from} to ${to} ${name}`)];
  }
  const isDropped = valueAt(after, field) === undefined && name === "replicas";
  if (isDropped && from !== undefined && from > 1 && after !== undefined) {
    return usersOf(identityOf(after), objects).some(isScaler)
      ? []
      : [medium(`no longer says its replicas: ${from} become 1, unless an autoscaler decides`)];
  }
  return [];
}

function bounds(before: unknown, after: unknown): readonly Finding[] {
  const lower = (field: string) => {
    const [was, is] = [before, after].map((side) => number(side, field) ?? unwritten(side, field));
    return was !== undefined && is !== undefined && is < was ? ([was, is] as const) : undefined;
  };
  const most = lower("spec.maxReplicas") ?? lower("spec.maxReplicaCount");
  const least = lower("spec.minReplicas") ?? lower("spec.minReplicaCount");
  return [
    ...(most
      ? [medium(`may scale to ${count(most[1], "replica")} at most, before to ${most[0]}`)]
      : []),
    ...(least && least[1] * 2 <= least[0]
      ? [medium(`may scale down to ${count(least[1], "replica")}, before to ${least[0]}`)]
      : []),
  ];
}

/** What counts where it is not written (kubernetes/pkg/apis/autoscaling, KEDA's ScaledObject). */
function unwritten(scaler: unknown, field: string): number | undefined {
  const ofHpa = { "spec.minReplicas": 1 };
  const ofKeda = { "spec.minReplicaCount": 0, "spec.maxReplicaCount": 100 };
  const kind = valueAt(scaler, "kind");
  const known: Readonly<Record<string, number>> =
    kind === "HorizontalPodAutoscaler" ? ofHpa : kind === "ScaledObject" ? ofKeda : {};
  return known[field];
}

/** A count in git that an autoscaler also sets: Flux puts it back each time. */
function rivals({ before, after }: ObjectChange, beside: Surroundings): readonly Finding[] {
  const replicas = valueAt(after, "spec.replicas");
  if (
    after === undefined ||
    replicas === undefined ||
    valueAt(before, "spec.replicas") === replicas
  ) {
    return [];
  }
  return usersOf(identityOf(after), beside.after)
    .filter(isScaler)
    .map((one) =>
      medium(`sets its replicas, which ${objectName(one)} decides: Flux sets them back`),
    );
}

/** The same, where the autoscaler is new. */
function overruled({ identity, after }: ObjectChange, beside: Surroundings): readonly Finding[] {
  if (after === undefined || !isScaler(after)) return [];
  const own = identityKey(identity);
  return beside.after
    .filter((one) => valueAt(one, "spec.replicas") !== undefined)
    .filter((one) =>
      usersOf(identityOf(one), beside.after).some((user) => identityKey(identityOf(user)) === own),
    )
    .map((one) => medium(`decides the replicas that ${objectName(one)} sets: Flux sets them back`));
}

/** HorizontalPodAutoscaler, and ScaledObject of KEDA. */
export function isScaler({ kind }: Pick<KubernetesObject, "kind">): boolean {
  return kind === "HorizontalPodAutoscaler" || kind === "ScaledObject";
}

const pauses = ["autoscaling.keda.sh/paused", "autoscaling.keda.sh/paused-replicas"];

function heldByKeda(before: unknown, after: unknown): readonly Finding[] {
  const at = (side: unknown, name: string) => {
    const value = annotationsOf(side)[name];
    return value === undefined || value === "false" ? undefined : textOf(value);
  };
  return pauses.flatMap((name): readonly Finding[] => {
    const is = at(after, name);
    if (is === undefined || is === at(before, name)) return [];
    return is === "0"
      ? [high(`is held at 0 replicas: nothing of it runs (${name})`)]
      : [medium(`no longer scales (${name})`)];
  });
}

function number(object: unknown, field: string): number | undefined {
  const value = valueAt(object, field);
  // What is refused anyway counts nothing.
  return typeof value === "number" && value >= 0 ? value : undefined;
}
