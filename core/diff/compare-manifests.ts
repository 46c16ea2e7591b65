import { isUndecrypted } from "../flux/undecrypted.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { diffObjects, type ManifestsDiff } from "./diff-manifests.ts";
import { findRisks } from "./find-risks.ts";
import { imageChanges } from "./image-changes.ts";
import { type KeeperOf, keptObjects, withKept } from "./kept.ts";
import type { ObjectChange } from "./object-change.ts";
import { type ManifestFile, type Parsed, type ReadObjects, readObjects } from "./read-objects.ts";
import type { Risk } from "./risk.ts";
import { uncompared } from "./uncompared.ts";
import { valueAt } from "./values.ts";

/** What a change means, and whether that is all of it. */
export type Comparison = ManifestsDiff & {
  /** Gravest first. */
  readonly risks: readonly Risk[];
  /** Everything that would change was read, built and compared; else `problems` says what was not. */
  readonly complete: boolean;
};

export type CompareOptions = {
  /** Whether the files are all of the environment's, not only those that change. */
  readonly isWhole?: boolean;
  /** What leaves git and keeps running; default: what says so itself. */
  readonly keeperOf?: KeeperOf | undefined;
  /** The Flux Kustomization that applies it, as it will be. */
  readonly applier?: KubernetesObject | undefined;
};

/** Compares all files of one environment as they lie there; what kustomizations do is left out. */
export function compareManifests(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
  options: CompareOptions = {},
): Comparison {
  const parsed: Parsed = new Map();
  return compareObjects(readObjects(before, parsed), readObjects(after, parsed), options);
}

/** {@link compareManifests} of objects that were read. */
export function compareObjects(
  old: ReadObjects,
  next: ReadObjects,
  { keeperOf, isWhole = true, applier }: CompareOptions = {},
): Comparison {
  const { objects: found, problems } = diffObjects(old, next);
  const isForced = valueAt(applier, "spec.force") === true;
  const objects = withKept(found, keeperOf).map((one): ObjectChange => ({
    ...one,
    ...(isForced && one.change === "changed" ? { forced: true } : {}),
    ...(applier && one.after && isUndecrypted(one.after, applier) ? { undecrypted: true } : {}),
  }));
  const [before, after] = [old, next].map((side) => side.objects.map(({ object }) => object));
  const risks = findRisks(objects, {
    before: before ?? [],
    after: [...(after ?? []), ...keptObjects(objects)],
    isWhole,
  });
  const all = [...problems, ...uncompared(risks, objects)];
  return {
    objects,
    images: imageChanges(objects),
    problems: all,
    risks,
    complete: all.length === 0,
  };
}
