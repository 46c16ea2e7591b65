// What tells of trouble, and what helps after it.
import { isRecord } from "../../manifests/parse.ts";
import { quantity } from "../../manifests/quantity.ts";
import type { ObjectChange } from "../object-change.ts";
import { isKnownType } from "../object-type.ts";
import { mappings } from "../pod-spec.ts";
import type { Finding } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";

/** Alerts and backups that go, and less room for every container of a namespace. */
export function safetyNets({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const texts = [
    ...(identity.kind === "PrometheusRule" ? lostAlerts(before, after) : []),
    ...(identity.kind === "LimitRange" ? lessRoom(before, after) : []),
    ...(isKnownType(identity) ? [] : lostBackups(before, after)),
  ];
  return texts.map((text) => ({ severity: "medium", text }));
}

function lostAlerts(before: unknown, after: unknown): readonly string[] {
  const [old, next] = [before, after].map((side) =>
    mappings(valueAt(side, "spec.groups")).flatMap((group) =>
      mappings(group["rules"]).flatMap(({ alert }) => (alert === undefined ? [] : textOf(alert))),
    ),
  );
  const left = new Set(next);
  return [...new Set(old)].filter((one) => !left.has(one)).map((one) => `loses the alert ${one}`);
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

function lessRoom(before: unknown, after: unknown): readonly string[] {
  const limits = (side: unknown) =>
    new Map(mappings(valueAt(side, "spec.limits")).map((one) => [textOf(one["type"]), one]));
  const old = limits(before);
  return [...limits(after)].flatMap(([type, next]) =>
    Object.entries(isRecord(next["max"]) ? next["max"] : {}).flatMap(([resource, value]) => {
      const was = valueAt(old.get(type), `max.${resource}`);
      const [most, now] = [quantity(was), quantity(value)];
      return most !== undefined && now !== undefined && now < most
        ? [`allows a ${type} ${textOf(value)} instead of ${textOf(was)} ${resource}`]
        : [];
    }),
  );
}
