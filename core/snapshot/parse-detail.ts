// The details of version 2, as anybody may have written them.
import { numberAt, objectAt, objectsAt, textAt } from "../flux/read-json.ts";
import type { PodFacts } from "../health/pod-facts.ts";
import type { ObjectDetail } from "./object-detail.ts";
import { mostPods, type WorkloadDetail } from "./workload-detail.ts";

const longest = 500;

export function parseObjectDetail(entry: unknown): ObjectDetail {
  const applied = numberAt(entry, "applied");
  const conditions = objectsAt(entry, "conditions").slice(0, 10);
  const gitIsNotAll = keysAt(entry, "gitIsNotAll", 20);
  const dependsOn = keysAt(entry, "dependsOn", 20);
  const { path, prune } = entry as { readonly path?: unknown; readonly prune?: unknown };
  return {
    ...text(entry, "appliedBy"),
    ...text(entry, "source"),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...(conditions.length === 0
      ? {}
      : {
          conditions: conditions.map((one) => ({
            type: shown(one, "type"),
            status: shown(one, "status"),
            reason: shown(one, "reason"),
            ...time(one, "since"),
          })),
        }),
    ...(applied === undefined ? {} : { applied }),
    // Empty it is the root.
    ...(typeof path === "string" ? { path: path.slice(0, longest) } : {}),
    ...(typeof prune === "boolean" ? { prune } : {}),
    ...(gitIsNotAll.length === 0 ? {} : { gitIsNotAll }),
  };
}

export function parseWorkloadDetail(entry: unknown): WorkloadDetail {
  const { pods } = entry as { readonly pods?: unknown };
  const replicas = objectAt(entry, "replicas");
  const leftOut = numberAt(entry, "podsLeftOut");
  const changedBy = objectsAt(entry, "changedBy").slice(0, 5);
  const events = objectsAt(entry, "events").slice(0, 20);
  const lines = keysAt(objectAt(entry, "logs"), "lines", 50);
  return {
    ...text(entry, "appliedBy"),
    ...(numberAt(replicas, "wanted") === undefined
      ? {}
      : {
          replicas: {
            wanted: count(replicas, "wanted"),
            ready: count(replicas, "ready"),
            updated: count(replicas, "updated"),
          },
        }),
    ...(Array.isArray(pods) ? { pods: objectsAt(entry, "pods").slice(0, mostPods).map(pod) } : {}),
    ...(leftOut === undefined ? {} : { podsLeftOut: leftOut }),
    ...(changedBy.length === 0
      ? {}
      : {
          changedBy: changedBy.map((one) => ({
            manager: shown(one, "manager"),
            ...time(one, "at"),
            fields: keysAt(one, "fields", 5),
          })),
        }),
    ...(events.length === 0
      ? {}
      : {
          events: events.map((one) => ({
            type: shown(one, "type"),
            reason: shown(one, "reason"),
            message: shown(one, "message"),
            count: count(one, "count"),
            ...time(one, "at"),
          })),
        }),
    ...(lines.length === 0
      ? {}
      : { logs: { container: shown(objectAt(entry, "logs"), "container"), lines } }),
  };
}

function pod(entry: unknown): PodFacts {
  const exitCode = numberAt(entry, "exitCode");
  return {
    name: shown(entry, "name"),
    phase: shown(entry, "phase"),
    ready: count(entry, "ready"),
    containers: count(entry, "containers"),
    restarts: count(entry, "restarts"),
    ...text(entry, "reason"),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...time(entry, "startedAt"),
  };
}

/** The texts of a list, each and all of them bounded. */
export function keysAt(entry: unknown, key: string, most: number): readonly string[] {
  const listed = (entry as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  if (!Array.isArray(listed)) return [];
  return listed
    .filter((one): one is string => typeof one === "string")
    .slice(0, most)
    .map((one) => one.slice(0, longest));
}

function text<K extends string>(entry: unknown, key: K): { readonly [Key in K]?: string } {
  const found = textAt(entry, key)?.slice(0, longest);
  return (found === undefined ? {} : { [key]: found }) as { readonly [Key in K]?: string };
}

function time<K extends string>(entry: unknown, key: K): { readonly [Key in K]?: string } {
  return Number.isNaN(Date.parse(textAt(entry, key) ?? "")) ? {} : text(entry, key);
}

function shown(entry: unknown, key: string): string {
  return (textAt(entry, key) ?? "").slice(0, longest);
}

function count(entry: unknown, key: string): number {
  return Math.max(0, Math.floor(numberAt(entry, key) ?? 0));
}
