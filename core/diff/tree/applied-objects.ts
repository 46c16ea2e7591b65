import type { RepositoryCharts } from "../../charts/chart-origin.ts";
import type { ReleaseObject } from "../../charts/chart-release.ts";
import type { Parsed, ReadObjects } from "../read-objects.ts";
import { textOf, valueAt } from "../values.ts";
import type { Builds } from "./builds.ts";
import { builtObjects } from "./built-objects.ts";
import { builtParts } from "./built-parts.ts";
import { followedRoots } from "./made-kustomizations.ts";
import type { Reach } from "./reach.ts";
import { readParts } from "./read-parts.ts";
import { seenByFlux } from "./flux-ignore.ts";
import type { Root } from "./roots.ts";
import { type SideFile, sideOf } from "./side-file.ts";

/** All objects that are applied on both sides, and the sources that bring these files. */
export type AppliedObjects = {
  readonly before: readonly ReleaseObject[];
  readonly after: readonly ReleaseObject[];
  readonly ownSources: RepositoryCharts["ownSources"];
};

/** @returns undefined where no file speaks of a HelmRelease, so that nobody needs to know. */
export function appliedObjects(
  before: readonly SideFile[],
  after: readonly SideFile[],
  builds: Builds,
): AppliedObjects | undefined {
  const hasReleases = [...before, ...after].some(({ text }) =>
    text?.includes("helm.toolkit.fluxcd.io/"),
  );
  if (!hasReleases) return undefined;
  const sides = { before: sideOf(before), after: sideOf(after) };
  const seen = seenByFlux(sides);
  const { all: roots } = followedRoots(sides, seen, builds);
  const parsed: Parsed = new Map();
  const parts = roots.map((root) => {
    const of = builtParts(root, seen, builds);
    // Of what Flux refuses to build, the releases stay as they were.
    return { ...of, read: readParts(of, { ...seen, parsed, toldBySome: true }) };
  });
  const read = (side: "before" | "after") =>
    parts.flatMap(({ built, rest, read: others }) => [
      ...built.flatMap((part) =>
        builtObjects(part)[side].objects.map(({ object, file }) => ({ object, file })),
      ),
      ...others.flatMap((one) => asTheyLie(one[side], rest[side])),
    ]);
  return { before: read("before"), after: read("after"), ownSources: ownSources(roots) };
}

function asTheyLie({ objects }: ReadObjects, reach: Reach | undefined): readonly ReleaseObject[] {
  const transforms = reach?.transforms ?? [];
  return objects.map(({ object, file }) => {
    const isUnbuilt = transforms.some(({ over }) => over.has(file));
    return { object, file, ...(isUnbuilt ? { isUnbuilt } : {}) };
  });
}

function ownSources(roots: readonly Root[]): ReadonlySet<string> {
  const all = roots.flatMap(({ flux }) => [flux?.before, flux?.after]);
  return new Set(
    all.flatMap((one) => {
      if (one?.path === undefined) return [];
      const { metadata } = one.object;
      const source = valueAt(one.object, "spec.sourceRef");
      const namespace = valueAt(source, "namespace") ?? metadata.namespace ?? "";
      return [`${textOf(namespace)}/${textOf(valueAt(source, "name"))}`];
    }),
  );
}
