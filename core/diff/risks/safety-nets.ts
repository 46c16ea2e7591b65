// What tells of trouble, and what helps after it.
import { isRecord } from "../../manifests/parse.ts";
import { quantity } from "../../manifests/quantity.ts";
import type { ObjectChange } from "../object-change.ts";
import { isKnownType } from "../object-type.ts";
import { mappings } from "../pod-spec.ts";
import { type Finding, medium } from "../risk.ts";
import { textOf, textsOf, valueAt } from "../values.ts";
import { tellsLess } from "./tells-less.ts";

/** Alerts and backups that go, and less room for a namespace or each container of it. */
export function safetyNets(change: ObjectChange): readonly Finding[] {
  const { before, after, identity } = change;
  if (before === undefined || after === undefined) return [];
  const texts = [
    ...tellsLess(change),
    ...(identity.kind === "ResourceQuota"
      ? lessOfNamespace(valueAt(before, "spec.hard"), valueAt(after, "spec.hard"))
      : []),
    ...(identity.kind === "LimitRange" ? lessForEach(before, after) : []),
    ...(isKnownType(identity) ? [] : lostBackups(before, after)),
    ...(identity.group === "velero.io" ? lessBackedUp(before, after) : []),
  ];
  return texts.map(medium);
}

// CloudNativePG, Zalando's and Percona's operators, Strimzi and others name it so.
const backups = ["spec.backup", "spec.backups", "spec.backupSchedule", "spec.enableLogicalBackup"];

function lostBackups(before: unknown, after: unknown): readonly string[] {
  const isOn = (value: unknown) =>
    value !== undefined &&
    value !== null &&
    value !== false &&
    !(isRecord(value) && (value["enabled"] === false || Object.keys(value).length === 0));
  return backups
    .filter((field) => isOn(valueAt(before, field)) && !isOn(valueAt(after, field)))
    .map((field) => `is no longer backed up (${field})`);
}

/** Namespaces that Velero saves no longer; without a list it saves all. */
function lessBackedUp(before: unknown, after: unknown): readonly string[] {
  const [old, next] = [before, after].map((side) => {
    const names = (field: string) => textsOf(valueAt(side, `spec.template.${field}`));
    const included = names("includedNamespaces");
    const isAll = included.length === 0 || included.includes("*");
    return { isAll, included, excluded: names("excludedNamespaces") };
  });
  if (old === undefined || next === undefined) return [];
  const left = old.included.filter(
    (one) => !next.isAll && one !== "*" && !next.included.includes(one),
  );
  const excluded = next.excluded.filter((one) => !old.excluded.includes(one));
  const texts = [...left, ...excluded].map((one) => `no longer backs up the namespace ${one}`);
  const narrowed = old.isAll && !next.isAll;
  return narrowed ? [`backs up ${next.included.join(", ")} alone`, ...texts] : texts;
}

function lessForEach(before: unknown, after: unknown): readonly string[] {
  return ["max", "default"].flatMap((field) => {
    const amounts = (side: unknown) =>
      new Map(
        mappings(valueAt(side, "spec.limits")).map((one) => [textOf(one["type"]), one[field]]),
      );
    const old = amounts(before);
    return [...amounts(after)].flatMap(([type, next]) =>
      lessAllowed(old.get(type), next, `a ${type} ${field === "max" ? "" : "that says nothing "}`),
    );
  });
}

/** What is limited anew has to be said by every pod. */
function lessOfNamespace(old: unknown, next: unknown): readonly string[] {
  if (!isRecord(next)) return [];
  const had = isRecord(old) ? old : {};
  const named = /^(requests\.|limits\.)?(cpu|memory|ephemeral-storage)$/;
  return [
    ...lessAllowed(old, next),
    ...Object.keys(next)
      .filter((key) => had[key] === undefined && named.test(key))
      .map((key) => `sets a bound for ${key}: pods whose containers say nothing of it are refused`),
  ];
}

function lessAllowed(old: unknown, next: unknown, whom = ""): readonly string[] {
  if (!isRecord(old) || !isRecord(next)) return [];
  return Object.keys(next).flatMap((key) => {
    const [was, is] = [quantity(old[key]), quantity(next[key])];
    const isLess = was !== undefined && is !== undefined && is < was;
    return isLess
      ? [`allows ${whom}${textOf(next[key])} instead of ${textOf(old[key])} ${key}`]
      : [];
  });
}
