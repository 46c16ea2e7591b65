// What the connector writes for the hub: one document for each environment and cluster. Display
// only: everyone in the organisation could write there (design.md 4.8).
import type { Phase } from "./flux/phase.ts";
import { flagAt, numberAt, objectsAt, textAt } from "./flux/read-json.ts";

export const snapshotCollection = "fluxgate-environments";

/** Bounded so that one environment's document stays small; what was left out is counted. */
export const snapshotLimits = { objects: 500, workloads: 500, text: 500 };

export type EnvironmentSnapshot = {
  /** `<environment>.<cluster>` */
  readonly id: string;
  readonly environment: string;
  readonly cluster: string;
  readonly active: boolean;
  /** Id of the connector's identity, whose commit statuses count. */
  readonly reportedBy?: string;
  /** ISO time. */
  readonly observedAt: string;
  /** The cluster does not answer: why. What else is here is then old. */
  readonly silent?: string;
  readonly repository: { readonly project: string; readonly name: string; readonly branch: string };
  /** Last commit of the branch that changed the environment's folder. */
  readonly commit?: string;
  readonly objects: readonly SnapshotObject[];
  readonly workloads: readonly SnapshotWorkload[];
  /** How many objects and workloads are not in the lists. */
  readonly leftOut: number;
};

export type SnapshotObject = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly phase: Phase;
  readonly cause: string;
  /** As Flux writes it, e.g. `main@sha1:…`. */
  readonly revision?: string;
};

export type SnapshotWorkload = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly images: readonly string[];
  /** `current`, `in-progress`, `failed`, `terminating`, `unknown`, `forbidden`, `missing`. */
  readonly health: string;
  readonly cause: string;
};

export function snapshotId(environment: string, cluster: string): string {
  return `${environment}.${cluster}`;
}

/** Reads a document that anybody may have written; undefined when it is none of ours. */
export function parseSnapshot(document: unknown): EnvironmentSnapshot | undefined {
  const text = (...path: readonly string[]) => textAt(document, ...path) ?? "";
  const [environment, cluster, observedAt] = ["environment", "cluster", "observedAt"].map((key) =>
    text(key),
  );
  if (!environment || !cluster || !observedAt || Number.isNaN(Date.parse(observedAt))) {
    return undefined;
  }
  const silent = textAt(document, "silent");
  const reportedBy = textAt(document, "reportedBy");
  const commit = textAt(document, "commit");
  return {
    id: snapshotId(environment, cluster),
    ...{ environment, cluster, observedAt },
    active: flagAt(document, "active"),
    ...(reportedBy === undefined ? {} : { reportedBy }),
    ...(silent === undefined ? {} : { silent }),
    repository: {
      project: text("repository", "project"),
      name: text("repository", "name"),
      branch: text("repository", "branch"),
    },
    ...(commit === undefined ? {} : { commit }),
    objects: objectsAt(document, "objects").slice(0, snapshotLimits.objects).map(parseObject),
    workloads: objectsAt(document, "workloads")
      .slice(0, snapshotLimits.workloads)
      .map(parseWorkload),
    leftOut: numberAt(document, "leftOut") ?? 0,
  };
}

const phases = new Set<string>([
  ...["in-sync", "behind", "reconciling", "waiting", "suspended", "failing", "stalled", "unknown"],
]);

function parseObject(entry: unknown): SnapshotObject {
  const phase = textAt(entry, "phase") ?? "";
  const revision = textAt(entry, "revision");
  return {
    ...named(entry),
    phase: phases.has(phase) ? (phase as Phase) : "unknown",
    ...(revision === undefined ? {} : { revision }),
  };
}

function parseWorkload(entry: unknown): SnapshotWorkload {
  const { images: listed } = entry as { readonly images?: unknown };
  const images = (Array.isArray(listed) ? listed : []).filter((one) => typeof one === "string");
  return { ...named(entry), images, health: textAt(entry, "health") ?? "unknown" };
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
