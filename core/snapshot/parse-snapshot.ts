// Reading a document that anybody may have written: what is missing or odd counts as absent, every
// text and list is bounded.
import { fitted } from "../fitted.ts";
import type { Phase } from "../flux/phase.ts";
import { flagAt, numberAt, objectAt, objectsAt, textAt } from "../flux/read-json.ts";
import {
  type EnvironmentSnapshot,
  snapshotId,
  snapshotLimits,
  type SnapshotObject,
  type SnapshotWorkload,
} from "./snapshot.ts";
import type { SnapshotPage } from "./pages.ts";
import { keysAt, parseObjectDetail, parseWorkloadDetail } from "./parse-detail.ts";

// Whatever somebody writes, what is 18 hours old is overdue.
const longestEvery = 12 * 60 * 60 * 1000;

const knownVersion = 2;
const newer = "A newer connector wrote it: what this version does not know is not shown";

/** @returns undefined when it is none of ours. */
export function parseSnapshot(document: unknown): EnvironmentSnapshot | undefined {
  const text = (...path: readonly string[]) => textAt(document, ...path) ?? "";
  const [environment, cluster, observedAt] = ["environment", "cluster", "observedAt"].map((key) =>
    fitted(text(key), snapshotLimits.text),
  );
  if (!environment || !cluster || !observedAt || Number.isNaN(Date.parse(observedAt))) {
    return undefined;
  }
  const version = numberAt(document, "version");
  const every = numberAt(document, "every");
  const pages = pagesOf(document);
  const isNewer = version !== undefined && version > knownVersion;
  const gaps = [...keysAt(document, "gaps", 20), ...(isNewer ? [newer] : [])];
  return {
    id: snapshotId(environment, cluster),
    ...(version === undefined ? {} : { version }),
    ...{ environment, cluster, observedAt },
    ...(every === undefined ? {} : { every: Math.min(every, longestEvery) }),
    active: flagAt(document, "active"),
    ...optional("reportedBy", textAt(document, "reportedBy")),
    ...optional("silent", textAt(document, "silent")),
    repository: {
      project: text("repository", "project"),
      name: text("repository", "name"),
      branch: text("repository", "branch"),
    },
    ...optional("commit", textAt(document, "commit")),
    objects: objectsAt(document, "objects").slice(0, snapshotLimits.objects).map(parseObject),
    workloads: objectsAt(document, "workloads")
      .slice(0, snapshotLimits.workloads)
      .map(parseWorkload),
    leftOut: numberAt(document, "leftOut") ?? 0,
    rollouts: objectsAt(document, "rollouts").slice(0, 10).flatMap(parseRollout),
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(pages === undefined ? {} : { pages }),
  };
}

/** @returns undefined when it is no page. */
export function parsePage(document: unknown): SnapshotPage | undefined {
  const [id, digest] = ["id", "digest"].map((key) => textAt(document, key));
  if (id === undefined || digest === undefined) return undefined;
  return {
    ...{ id, version: 2, digest },
    // A page holds at most what its length allows; nobody stops a stranger from writing more.
    objects: objectsAt(document, "objects").slice(0, 2_000).map(parseObject),
    workloads: objectsAt(document, "workloads").slice(0, 2_000).map(parseWorkload),
  };
}

function optional<K extends string>(key: K, text: string | undefined) {
  return (text === undefined ? {} : { [key]: text.slice(0, snapshotLimits.text) }) as {
    readonly [Key in K]?: string;
  };
}

function pagesOf(document: unknown): EnvironmentSnapshot["pages"] {
  const pages = objectAt(document, "pages");
  const count = numberAt(pages, "count") ?? 0;
  const digest = textAt(pages, "digest");
  if (digest === undefined || !Number.isInteger(count) || count < 1 || count > 20) return undefined;
  return { count, digest };
}

function parseRollout(entry: unknown) {
  const commit = textAt(entry, "commit");
  if (commit === undefined || !/^[0-9a-f]{40}$/.test(commit)) return [];
  const at = (key: string) => {
    const time = textAt(entry, key);
    return time === undefined || Number.isNaN(Date.parse(time)) ? undefined : time;
  };
  return [
    {
      commit,
      ...optional("fetchedAt", at("fetchedAt")),
      ...optional("appliedAt", at("appliedAt")),
      ...optional("healthyAt", at("healthyAt")),
    },
  ];
}

const phases = new Set<string>([
  ...["in-sync", "behind", "reconciling", "waiting", "suspended", "failing", "stalled", "unknown"],
]);

function parseObject(entry: unknown): SnapshotObject {
  const phase = textAt(entry, "phase") ?? "";
  return {
    ...named(entry),
    phase: phases.has(phase) ? (phase as Phase) : "unknown",
    ...optional("revision", textAt(entry, "revision")),
    ...parseObjectDetail(entry),
  };
}

function parseWorkload(entry: unknown): SnapshotWorkload {
  return {
    ...named(entry),
    images: keysAt(entry, "images", 50),
    health: textAt(entry, "health") ?? "unknown",
    ...parseWorkloadDetail(entry),
  };
}

function named(entry: unknown) {
  const text = (key: string) => (textAt(entry, key) ?? "").slice(0, snapshotLimits.text);
  return {
    kind: text("kind"),
    namespace: text("namespace"),
    name: text("name"),
    cause: text("cause"),
  };
}
