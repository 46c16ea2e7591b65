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
  const counted = counts.flatMap((field) => fewer(field, { before, after }, beside));
  if (before === undefined) return [...counted, ...overruled(after, beside)];
  const suspended = ["spec.suspend", "spec.suspended"].some(
    (field) => valueAt(before, field) !== true && valueAt(after, field) === true,
  );
  const isFluxs = identity.group.endsWith("toolkit.fluxcd.io");
  return [
    ...counted,
    ...(suspended && !isFluxs ? [medium("is suspended: it no longer runs")] : []),
    ...bounds(before, after),
    ...rivals(before, after, beside),
  ];
}

/** Fields that say how many run, of Kubernetes' kinds and of widespread operators'. */
const counts = [
  ...["spec.replicas", "spec.instances", "spec.numberOfInstances", "spec.parallelism"],
  ...["spec.replicaCount", "spec.kafka.replicas", "spec.zookeeper.replicas", "spec.nodes"],
];

function fewer(
  field: string,
  { before, after }: { readonly before: unknown; readonly after: KubernetesObject },
  { after: objects }: Surroundings,
): readonly Finding[] {
  const [from, to] = [number(before, field), number(after, field)];
  const name = field.replace("spec.", "");
  if (to === 0 && from !== 0) {
    const was =
      before === undefined
        ? "starts with"
        : `goes from ${Number.isNaN(from) ? "its default" : from} to`;
    return [high(`${was} 0 ${name}: nothing of it runs`)];
  }
  if (to < from && to * 2 <= from) return [medium(`goes from ${from} to ${to} ${name}`)];
  const isDropped = name === "replicas" && from > 1 && valueAt(after, field) === undefined;
  return isDropped && !usersOf(identityOf(after), objects).some(isScaler)
    ? [medium(`no longer says its replicas: ${from} become 1, unless an autoscaler decides`)]
    : [];
}

function bounds(before: unknown, after: unknown): readonly Finding[] {
  const lower = (limit: Limit) => {
    const [was, is] = [limitOf(before, limit), limitOf(after, limit)];
    return is < was ? [{ was, is }] : [];
  };
  return [
    ...lower("max").map(({ was, is }) =>
      medium(
        `may scale to ${count(is, "replica")} at most, before to ${was === Infinity ? "any number" : was}`,
      ),
    ),
    ...lower("min")
      .filter(({ was, is }) => is * 2 <= was)
      .map(({ was, is }) => medium(`may scale down to ${count(is, "replica")}, before to ${was}`)),
  ];
}

type Limit = "min" | "max";

/**
 * Where it is not written too (kubernetes/pkg/apis/autoscaling, KEDA's ScaledObject, Knative); no number
 * where nothing says it.
 */
function limitOf(scaler: unknown, limit: Limit): number {
  const kind = valueAt(scaler, "kind");
  const first = (otherwise: number, ...found: readonly number[]) =>
    found.find((one) => !Number.isNaN(one)) ?? otherwise;
  const written = [`${limit}Replicas`, `${limit}ReplicaCount`].map((field) =>
    number(scaler, `spec.${field}`),
  );
  if (kind === "HorizontalPodAutoscaler")
    return first(limit === "min" ? 1 : Number.NaN, ...written);
  if (kind === "ScaledObject") return first(limit === "min" ? 0 : 100, ...written);
  if (!textOf(valueAt(scaler, "apiVersion")).startsWith("serving.knative.dev/")) {
    return first(Number.NaN, ...written);
  }
  const noted = annotationsOf(valueAt(scaler, "spec.template"));
  const said = Number(
    noted[`autoscaling.knative.dev/${limit}-scale`] ??
      noted[`autoscaling.knative.dev/${limit}Scale`] ??
      0,
  );
  return limit === "max" && said === 0 ? Infinity : said;
}

/** A count in git that an autoscaler also sets: Flux puts it back each time. */
function rivals(
  before: KubernetesObject,
  after: KubernetesObject,
  beside: Surroundings,
): readonly Finding[] {
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.replicas"));
  if (is === undefined || was === is) return [];
  return usersOf(identityOf(after), beside.after)
    .filter(isScaler)
    .map((one) =>
      medium(`sets its replicas, which ${objectName(one)} decides: Flux sets them back`),
    );
}

/** The same, where the autoscaler is new. */
function overruled(scaler: KubernetesObject, beside: Surroundings): readonly Finding[] {
  if (!isScaler(scaler)) return [];
  const own = identityKey(identityOf(scaler));
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

/** No number for what is refused anyway, or not there: it is neither less nor more. */
function number(object: unknown, field: string): number {
  const value = valueAt(object, field);
  return typeof value === "number" && value >= 0 ? value : Number.NaN;
}
