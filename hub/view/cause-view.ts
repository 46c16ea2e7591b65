import type {
  EnvironmentSnapshot,
  SnapshotObject,
  SnapshotWorkload,
} from "../../core/environment-snapshot.ts";
import { fluxKey } from "../../core/flux/flux-object.ts";
import type { Phase } from "../../core/flux/phase.ts";
import { shownImage } from "./apps-view.ts";
import type { Tone } from "./tone.ts";

/** What a cluster runs for an environment, the root cause first. */
export type CauseView = {
  /** What went wrong first: workloads before the Flux objects that only report them. */
  readonly causes: readonly ItemView[];
  /** Everything else, what is not well on top. */
  readonly rest: readonly ItemView[];
  readonly leftOut: number;
};

export type ItemView = {
  readonly tone: Tone;
  readonly state: string;
  readonly object: string;
  readonly cause: string;
  /** Short; of Flux objects. */
  readonly revision: string | undefined;
  /** The more that a snapshot of version 2 tells. */
  readonly workload?: SnapshotWorkload;
  readonly fluxObject?: SnapshotObject;
};

/**
 * By key: what commit statuses say of Flux objects in words. A snapshot holds reasons only, since
 * everybody in the organisation may read it; a status is for those who may read the repository.
 */
export type Words = ReadonlyMap<string, string>;

const phases: Readonly<Record<Phase, { readonly tone: Tone; readonly state: string }>> = {
  stalled: { tone: "bad", state: "Stalled" },
  failing: { tone: "bad", state: "Failing" },
  unknown: { tone: "warning", state: "Unknown" },
  suspended: { tone: "warning", state: "Suspended" },
  behind: { tone: "warning", state: "Behind" },
  waiting: { tone: "waiting", state: "Waiting" },
  reconciling: { tone: "running", state: "Reconciling" },
  "in-sync": { tone: "good", state: "In sync" },
};
const order = Object.keys(phases);

const health: Readonly<Record<string, { readonly tone: Tone; readonly state: string }>> = {
  failed: { tone: "bad", state: "Failed" },
  missing: { tone: "bad", state: "Missing" },
  unknown: { tone: "warning", state: "Unknown" },
  forbidden: { tone: "warning", state: "May not be read" },
  terminating: { tone: "running", state: "Terminating" },
  "in-progress": { tone: "running", state: "In progress" },
  current: { tone: "good", state: "Healthy" },
};
const healthOrder = Object.keys(health);

export function causeView(
  { objects, workloads, leftOut }: EnvironmentSnapshot,
  words: Words = new Map(),
): CauseView {
  const flux = [...objects]
    .sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase))
    .map((object) => ({ item: objectItem(object, words), reports: reportsHealth(object) }));
  const running = [...workloads]
    .sort((a, b) => healthOrder.indexOf(a.health) - healthOrder.indexOf(b.health))
    .map(workloadItem);
  const broken = running.filter(({ tone }) => tone === "bad");
  const failing = flux.filter(({ item }) => item.tone === "bad");
  // A Kustomization that only says which workload is unhealthy is the echo, not the cause.
  const own = failing.filter(({ reports }) => !(reports && broken.length > 0));
  const causes = [...broken, ...own.map(({ item }) => item)];
  const rest = [...flux.map(({ item }) => item), ...running].filter(
    (item) => !causes.includes(item),
  );
  return { causes, rest, leftOut };
}

function reportsHealth({ cause }: SnapshotObject): boolean {
  return /^HealthCheckFailed\b/.test(cause);
}

export function objectItem(object: SnapshotObject, words: Words): ItemView {
  const { kind, namespace, name, phase, cause, revision } = object;
  const said = words.get(fluxKey(object));
  return {
    ...phases[phase],
    object: `${kind} ${[namespace, name].filter(Boolean).join("/")}`,
    cause: said !== undefined && said.startsWith(cause) && phase !== "in-sync" ? said : cause,
    revision: revision === undefined ? undefined : shortRevision(revision),
    fluxObject: object,
  };
}

export function workloadItem(workload: SnapshotWorkload): ItemView {
  const { kind, namespace, name, health: state, cause, images } = workload;
  const known = Object.hasOwn(health, state) ? health[state] : undefined;
  const versions = images.map(shownImage).map((image) => `${image.name}:${image.version}`);
  return {
    ...(known ?? { tone: "warning", state: "Unknown" }),
    object: `${kind} ${[namespace, name].filter(Boolean).join("/")}`,
    cause: cause || versions.join(", "),
    revision: undefined,
    workload,
  };
}

// `main@sha1:0123456789…` → `main@01234567`
function shortRevision(revision: string): string {
  return revision.replace(/sha(?:1|256):([0-9a-f]{8})[0-9a-f]+$/, "$1");
}
