// An environment's document stays small enough to be read for all environments at once; details
// that do not fit stand in pages, which only who opens the environment reads.
import {
  type EnvironmentSnapshot,
  snapshotLimits,
  type SnapshotObject,
  type SnapshotWorkload,
} from "./snapshot.ts";

export type SnapshotPage = {
  /** `<environment>.<cluster>.<n>`, n from 0 */
  readonly id: string;
  readonly version: 2;
  /** Of all pages together: pages of another one belong to an older or newer snapshot. */
  readonly digest: string;
  readonly objects: readonly SnapshotObject[];
  readonly workloads: readonly SnapshotWorkload[];
};

/** Characters of JSON, own choice: the service publishes no limit (UNVERIFIED). */
const documentLength = 100_000;
const mostPages = 20;

/**
 * @param all with every object and workload, in whatever number
 * @param digest of a text
 */
export function splitSnapshot(
  all: EnvironmentSnapshot,
  digest: (text: string) => string,
): { readonly document: EnvironmentSnapshot; readonly pages: readonly SnapshotPage[] } {
  const fits =
    all.objects.length <= snapshotLimits.objects &&
    all.workloads.length <= snapshotLimits.workloads &&
    lengthOf(all) <= documentLength;
  if (fits) return { document: all, pages: [] };
  const parts = partsOf(all);
  const kept = parts.slice(0, mostPages);
  const name = digest(JSON.stringify(kept));
  const objects = all.objects.slice(0, snapshotLimits.objects).map(slimObject);
  const workloads = all.workloads.slice(0, snapshotLimits.workloads).map(slimWorkload);
  return {
    document: {
      ...all,
      objects,
      workloads,
      leftOut:
        all.leftOut +
        (all.objects.length - objects.length) +
        (all.workloads.length - workloads.length),
      pages: { count: kept.length, digest: name },
    },
    pages: kept.map((part, index) => ({
      ...{ id: pageId(all.id, index), version: 2, digest: name },
      ...part,
    })),
  };
}

export function pageId(snapshot: string, index: number): string {
  return `${snapshot}.${index}`;
}

/** The whole again; undefined while a page is missing or belongs to another snapshot. */
export function joinPages(
  document: EnvironmentSnapshot,
  pages: readonly (SnapshotPage | undefined)[],
): EnvironmentSnapshot | undefined {
  const { pages: wanted } = document;
  if (wanted === undefined) return document;
  const own = pages.flatMap((page) => (page?.digest === wanted.digest ? page : []));
  if (own.length < wanted.count) return undefined;
  const objects = own.flatMap((page) => page.objects);
  const workloads = own.flatMap((page) => page.workloads);
  const told = document.objects.length + document.workloads.length + document.leftOut;
  return {
    ...document,
    objects,
    workloads,
    leftOut: Math.max(0, told - objects.length - workloads.length),
  };
}

type Part = Pick<SnapshotPage, "objects" | "workloads">;

function partsOf({ objects, workloads }: EnvironmentSnapshot): readonly Part[] {
  const parts: { objects: SnapshotObject[]; workloads: SnapshotWorkload[] }[] = [];
  let left = 0;
  const room = (length: number) => {
    if (parts.length === 0 || left < length) {
      parts.push({ objects: [], workloads: [] });
      left = documentLength;
    }
    left -= length;
    return parts.at(-1) ?? { objects: [], workloads: [] };
  };
  for (const object of objects) room(lengthOf(object)).objects.push(object);
  for (const workload of workloads) room(lengthOf(workload)).workloads.push(workload);
  return parts;
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}

// What the review asks of all environments stays.
function slimObject(object: SnapshotObject): SnapshotObject {
  const { kind, namespace, name, cause, phase, revision, path, prune } = object;
  return {
    ...{ kind, namespace, name, cause, phase },
    ...(revision === undefined ? {} : { revision }),
    ...(path === undefined ? {} : { path }),
    ...(prune === undefined ? {} : { prune }),
  };
}

function slimWorkload({ kind, namespace, name, cause, images, health }: SnapshotWorkload) {
  return { kind, namespace, name, cause, images, health };
}
