// What stands beside a pod's main container, and what it needs to start.
import { containersOf, type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { quantity } from "../../manifests/quantity.ts";
import { bothOf, textOf, valueAt } from "../values.ts";

/** Containers and credentials for images that go; in sentences. */
export function lostCompanions({ before, after, identity }: ObjectChange): readonly string[] {
  if (identity.kind === "ServiceAccount") return lostCredentials(before, after);
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  return [
    ...goneFrom(old, next, "containers").map((name) => `no longer runs its container ${name}`),
    ...goneFrom(old, next, "initContainers").map(
      (name) => `no longer runs ${name} before its containers start`,
    ),
    ...lostCredentials(old, next),
    ...noLongerBeside(old, next).map(
      (name) => `waits for the end of ${name} before its containers start, which ran beside them`,
    ),
  ];
}

function lostCredentials(before: unknown, after: unknown): readonly string[] {
  const [old, next] = bothOf(before, after, (side) => namesOf(valueAt(side, "imagePullSecrets")));
  return before === undefined || after === undefined
    ? []
    : old
        .filter((name) => !next.includes(name))
        .map((name) => `no longer pulls its images with the Secret ${name}`);
}

/** Containers that ran as long as the others, and are to end before these start. */
function noLongerBeside(old: Mapping, next: Mapping): readonly string[] {
  const isBeside = (one: Mapping) => one["restartPolicy"] === "Always";
  const beside = [
    ...mappings(old["containers"]),
    ...mappings(old["initContainers"]).filter(isBeside),
  ].map(({ name }) => name);
  return mappings(next["initContainers"])
    .filter((one) => beside.includes(one["name"]) && !isBeside(one))
    .map(({ name }) => textOf(name));
}

/** Where its pods may run no more, and what no node may have; in sentences. */
export function lessRoom({ before, after }: ObjectChange): readonly string[] {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  const tolerated = mappings(next["tolerations"]);
  const isTolerated = (one: Mapping) => tolerated.some((other) => covers(other, one));
  const taints = mappings(old["tolerations"]).filter((one) => !isTolerated(one));
  const now = new Map(containersOf(next).map((one) => [one["name"], one]));
  return [
    ...manyMore(before, after),
    ...taints.map(
      ({ key }) =>
        `its pods no longer tolerate ${key === undefined ? "any taint" : `the taint ${textOf(key)}`}: they cannot run on nodes that have it`,
    ),
    ...containersOf(old).flatMap((one) => ofNode(one, now.get(one["name"]))),
  ];
}

function manyMore(before: unknown, after: unknown): readonly string[] {
  // What is no number is neither more nor less.
  const [was, is] = bothOf(before, after, (side) => Number(valueAt(side, "spec.replicas")));
  return was > 0 && is >= was * 10
    ? [`goes from ${was} to ${is} replicas: where the nodes have no room for them they wait`]
    : [];
}

/** Whether a toleration takes all taints that another takes, for however long. */
function covers(wide: Mapping, narrow: Mapping): boolean {
  const [own, other] = bothOf(wide, narrow, (one) => ({
    key: textOf(one["key"] ?? ""),
    operator: one["operator"] ?? "Equal",
    value: textOf(one["value"] ?? ""),
    effect: textOf(one["effect"] ?? ""),
  }));
  if (own.effect !== "" && own.effect !== other.effect) return false;
  if (own.operator === "Exists") return own.key === "" || own.key === other.key;
  return own.key === other.key && own.operator === other.operator && own.value === other.value;
}

/** Ten times as much is mostly a unit that was mistaken. */
function ofNode(before: Mapping, after: Mapping | undefined): readonly string[] {
  return ["memory", "cpu"].flatMap((field) => {
    const [from, to] = bothOf<unknown, unknown>(before, after, (one) =>
      valueAt(one, `resources.requests.${field}`),
    );
    const [was, is] = bothOf(from, to, (amount) => quantity(amount) ?? 0n);
    return was > 0n && is >= was * 10n
      ? [
          `container ${textOf(before["name"])} asks for ${textOf(to)} instead of ${textOf(from)} ${field}: where no node has that, its pods wait`,
        ]
      : [];
  });
}

/** Names that are gone, but for those that became another one with the same image. */
function goneFrom(old: Mapping, next: Mapping, list: string): readonly string[] {
  const now = mappings(next[list]);
  const elsewhere = containersOf(next).map((one) => one["name"]);
  const had = mappings(old[list]);
  const images = now
    .filter((one) => !had.some((other) => other["name"] === one["name"]))
    .map(({ image }) => nameOfImage(image));
  return had
    .filter(({ name, image }) => !elsewhere.includes(name) && !images.includes(nameOfImage(image)))
    .map(({ name }) => textOf(name));
}

function nameOfImage(image: unknown): string {
  return textOf(image).replace(/(:[\w.-]+)?(@.*)?$/, "");
}

function namesOf(list: unknown): readonly string[] {
  return mappings(list).map(({ name }) => textOf(name));
}
