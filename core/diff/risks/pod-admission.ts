// Pods that the API server's admission would refuse, by the level that their Namespace asks for.
import { identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { objectName } from "../../manifests/object-name.ts";
import { onceFor } from "../../once-for.ts";
import type { ObjectChange } from "../object-change.ts";
import { podSpecOf } from "../pod-spec.ts";
import { type Finding, high, type Surroundings } from "../risk.ts";
import { isJudged, levelOf, rankOf } from "./pod-security.ts";
import { lacking } from "./pod-standards.ts";

const mostNamed = 5;

/** Workloads that begin to break their Namespace's level: it becomes stricter, or they do more. */
export function podAdmission(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { identity, before, after } = change;
  if (after === undefined) return [];
  if (identity.kind === "Namespace" && identity.group === "") {
    const isStricter = rankOf(levelOf(after)) > rankOf(levelOf(before));
    return isStricter && isJudged(after) ? refusing(after, beside.after) : [];
  }
  if (podSpecOf(after) === undefined) return [];
  const [was, is] = [beside.before, beside.after].map((all) =>
    namespacesOf(all).get(identity.namespace),
  );
  // What its Namespace makes of it is said there.
  if (is === undefined || !isJudged(is) || rankOf(levelOf(was)) < rankOf(levelOf(is))) return [];
  const level = levelOf(is);
  const lacks = lacking(after, level);
  if (lacks.length === 0 || lacking(before, level).length > 0) return [];
  const place = `namespace ${identity.namespace} asks for ${level} (PodSecurity)`;
  return [high(`its pods would be refused: ${place}, which this is not: ${lacks.join(", ")}`)];
}

function refusing(
  namespace: KubernetesObject,
  objects: readonly KubernetesObject[],
): readonly Finding[] {
  const level = levelOf(namespace);
  const broken = objects
    .filter((one) => identityOf(one).namespace === namespace.metadata.name)
    .map((one) => ({ name: objectName(one), lacks: lacking(one, level) }))
    .filter(({ lacks }) => lacks.length > 0);
  const left = broken.length - mostNamed;
  const refuses = `would refuse (PodSecurity ${level})`;
  return [
    ...broken
      .slice(0, mostNamed)
      .map(({ name, lacks }) => high(`${refuses} the next pods of ${name}: ${lacks.join(", ")}`)),
    ...(left > 0 ? [high(`${refuses} the next pods of ${left} more`)] : []),
  ];
}

const namespacesOf = onceFor(
  (objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> =>
    new Map(
      objects
        .filter(({ kind, apiVersion }) => kind === "Namespace" && apiVersion === "v1")
        .map((one) => [one.metadata.name, one]),
    ),
);
