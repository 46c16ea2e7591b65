import { type Comparison, compareObjects } from "../compare-manifests.ts";
import { gravestFirst } from "../find-risks.ts";
import { imageChanges } from "../image-changes.ts";
import { keptByItself, keptByKustomization } from "../kept.ts";
import type { Parsed, ReadObjects } from "../read-objects.ts";
import { uncompared } from "../uncompared.ts";
import { changedCharts } from "./changed-charts.ts";
import type { Builds, WantedBuild } from "./builds.ts";
import { builtObjects } from "./built-objects.ts";
import { builtParts } from "./built-parts.ts";
import { madeByBuilds } from "./made-by-builds.ts";
import type { BuiltPart } from "./built-part.ts";
import { seenByFlux, unknownIgnores, unreadIgnores } from "./flux-ignore.ts";
import { followRisks } from "./follow-risks.ts";
import { acrossRoots } from "./across-roots.ts";
import { isSameReach, otherFiles } from "./changed-files.ts";
import { isUnpruned } from "./kept-kustomizations.ts";
import { lostFolder, lostFolderRisk } from "./lost-folder.ts";
import { followedRoots } from "./made-kustomizations.ts";
import { placesOf } from "./places.ts";
import { type PlacedProblem, placedProblems } from "./placed-problems.ts";
import type { Risk } from "../risk.ts";
import { readParts } from "./read-parts.ts";
import { refusedRisks } from "./refused-risks.ts";
import type { Root } from "./roots.ts";
import { isSettledBy } from "./settled-values.ts";
import { type Side, type SideFile, sideOf } from "./side-file.ts";
import { movedSubmodules } from "./submodules.ts";
import { transformRisks, withoutRepeated } from "./transform-risks.ts";

export type TreesComparison = Omit<Comparison, "problems"> & {
  readonly problems: readonly PlacedProblem[];
  /** Changed files that hold nothing that Flux applies, as far as the files tell. */
  readonly others: readonly string[];
  /** Unchanged files that were not given, and would have to be read: they join or leave a list. */
  readonly wanted: readonly string[];
  /** Builds by Flux' own code that would tell what is not known without them. */
  readonly unbuilt: readonly WantedBuild[];
  /** Folders and files that all this hangs on; absent: not known. */
  readonly places?: readonly string[];
};

/**
 * What Flux would do after a change of files, by what the files themselves say of Flux, and by builds
 * where they are there: a first comparison says which it wants.
 */
export function compareTrees(
  before: readonly SideFile[],
  after: readonly SideFile[],
  builds: Builds = new Map(),
): TreesComparison {
  return treesComparer()(before, after, builds);
}

/**
 * A {@link compareTrees} that parses a text once, however often what holds it is compared.
 * @param onProgress called after each text: who waits may be told that it goes on
 */
export function treesComparer(onProgress?: () => void): typeof compareTrees {
  const parsed = heard(onProgress ?? (() => undefined));
  return (before, after, builds = new Map()) => compareSides(before, after, { builds, parsed });
}

function compareSides(
  before: readonly SideFile[],
  after: readonly SideFile[],
  { builds, parsed }: Pick<Given, "builds" | "parsed">,
): TreesComparison {
  const sides = { before: sideOf(before), after: sideOf(after) };
  const seen = seenByFlux(sides);
  const { all, ofMaking } = followedRoots(sides, seen, builds);
  const differing = all.filter((root) => !isSameReach(root, seen));
  const found = differing.map((root) => compareRoot(root, { ...seen, parsed, builds, all }));
  const charts = [...changedCharts(sides), ...unknownIgnores(sides), ...ofMaking.risks];
  const { objects, risks: own } = acrossRoots(found);
  const isSettled = isSettledBy(found.flatMap(({ built }) => built));
  const [settled, risks] = [
    own.filter(isSettled),
    withoutRepeated(own).filter((risk) => !isSettled(risk)),
  ];
  const said = new Set(uncompared(settled, []).map(({ message }) => message));
  const problems = [
    ...problemsOf(found).filter(({ message }) => !said.has(message)),
    ...uncompared(charts, []),
    ...movedSubmodules(sides),
  ];
  return {
    objects,
    images: imageChanges(objects),
    problems,
    risks: gravestFirst([...charts, ...risks]),
    complete: problems.length === 0,
    others: otherFiles(sides, all),
    places: placesOf(differing, sides),
    wanted: [...new Set([...found.flatMap(({ wanted }) => wanted), ...unreadIgnores(sides)])],
    // Others hang on these.
    unbuilt:
      ofMaking.unbuilt.length > 0 ? ofMaking.unbuilt : found.flatMap(({ unbuilt }) => unbuilt),
  };
}

/** What was not compared; of a kustomization that several roots are built of, once. */
function problemsOf(found: readonly RootComparison[]): readonly PlacedProblem[] {
  const unknown = withoutRepeated(found.flatMap((one) => one.unknown));
  return [...placedProblems(found), ...uncompared(unknown, [])];
}

function heard(onSet: () => void): Parsed {
  const parsed: Parsed = new Map();
  const keep = parsed.set.bind(parsed);
  parsed.set = (text, found) => {
    onSet();
    return keep(text, found);
  };
  return parsed;
}

type Given = {
  readonly before: Side;
  readonly after: Side;
  readonly parsed: Parsed;
  readonly builds: Builds;
  readonly all: readonly Root[];
};
type RootComparison = Pick<Comparison, "objects" | "problems" | "risks"> &
  Pick<TreesComparison, "wanted" | "unbuilt"> & {
    readonly root: string;
    readonly built: readonly BuiltPart[];
    /** Of the risks: what was not compared. */
    readonly unknown: readonly Risk[];
  };

function compareRoot(whole: Root, { before, after, parsed, builds, all }: Given): RootComparison {
  const parts = builtParts(whole, { before, after }, builds);
  const { built, rest: root, unbuilt, why } = parts;
  const toldBySome = all.some(({ flux }) => flux !== undefined);
  const read = readParts(parts, { before, after, parsed, toldBySome });
  const made = built.map(builtObjects);
  const [old, next] = [
    together([...read, ...made].map((one) => one.before)),
    together([...read, ...made].map((one) => one.after)),
  ];
  const lost = followRisks(root);
  const folder = lostFolder(root.flux ?? {});
  // Where it applies now is not among the files, or nowhere: nothing is known to be gone.
  const isStill = (lost.length > 0 || folder !== undefined) && !root.after;
  const compared = compareObjects(isStill ? nothing : old, next, {
    keeperOf: root.flux && isUnpruned(root.flux) ? keptByKustomization : keptByItself,
    applier: root.flux?.after?.object,
    isWhole: read.every((one) => one.before.isWhole && one.after.isWhole),
  });
  const objects = compared.objects.map((one) => ({ ...one, root: root.name }));
  const ofBuilds = madeByBuilds(built, objects, all);
  const unknown = [...transformRisks(root, { before, after }, why), ...ofBuilds.risks, ...lost];
  return {
    root: whole.name,
    objects,
    risks: [
      ...unknown,
      ...refusedRisks(root, { read, built }),
      ...(folder !== undefined && root.flux?.after
        ? [lostFolderRisk(folder, root.flux.after)]
        : []),
      ...compared.risks,
    ],
    unknown,
    problems: [...compared.problems, ...ofBuilds.problems],
    wanted: read.flatMap((one) => [...one.before.wanted, ...one.after.wanted]),
    unbuilt,
    built,
  };
}

function together(all: readonly ReadObjects[]): ReadObjects {
  return {
    objects: all.flatMap(({ objects }) => objects),
    problems: all.flatMap(({ problems }) => problems),
    unread: all.flatMap(({ unread = [] }) => unread),
  };
}

const nothing: ReadObjects = { objects: [], problems: [] };
