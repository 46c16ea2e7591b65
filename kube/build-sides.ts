import type { Build, Builds, BuildSide, WantedBuild } from "../core/diff/tree/builds.ts";
import { type Side, type SideFile, sideOf } from "../core/diff/tree/side-file.ts";
import { canonical } from "../core/diff/values.ts";
import { folderOf } from "../core/diff/tree/paths.ts";
import { isIgnoreFile } from "../core/flux/ignore/left-out.ts";
import type { BuildResult } from "./build.ts";
import type { Kube } from "./kube.ts";
import type { Files } from "./protocol.ts";
import { isSameOnBoth } from "./same-build.ts";

export type BothSides = {
  readonly before: readonly SideFile[];
  readonly after: readonly SideFile[];
};

/** Reads further files of both sides: those that turn out to be needed. */
export type ReadMore = (sides: BothSides, paths: readonly string[]) => Promise<BothSides>;

/** Each round builds once more with what the last one missed: bases name bases. */
const mostRounds = 8;
/** A build that needs more is no environment of a review. */
const mostFiles = 2000;

/** What was built, and the sides with all that was read for it. */
export type BuiltSides = { readonly builds: Builds; readonly sides: BothSides };

/** A build may tell of others: what it makes of a Flux Kustomization decides what that one builds. */
const mostTurns = 4;

/**
 * A comparison with the builds by Flux' own code that it wants, until it wants no more. What is not
 * had says why.
 * @param first without any
 */
export async function withBuilds<Compared extends { readonly unbuilt: readonly WantedBuild[] }>(
  kube: Pick<Kube, "build">,
  of: {
    readonly first: Compared;
    readonly sides: BothSides;
    readonly compare: (built: BuiltSides) => Compared;
    readonly readMore?: ReadMore;
  },
): Promise<BuiltSides & { readonly compared: Compared }> {
  const { first, compare, ...rest } = of;
  let compared = first;
  let built: BuiltSides = { builds: new Map(), sides: of.sides };
  for (let turn = 0; turn < mostTurns && compared.unbuilt.length > 0; turn += 1) {
    const { builds, sides } = await buildSides(kube, {
      ...rest,
      wanted: compared.unbuilt,
      sides: built.sides,
    });
    built = { sides, builds: new Map([...built.builds, ...builds]) };
    compared = compare(built);
  }
  return { ...built, compared };
}

/** The builds that a comparison wants, by Flux' own code. What is not had says why. */
export async function buildSides(
  kube: Pick<Kube, "build">,
  of: {
    readonly wanted: readonly WantedBuild[];
    readonly sides: BothSides;
    /** Absent where all was read. */
    readonly readMore?: ReadMore;
  },
): Promise<BuiltSides> {
  const { readMore } = of;
  const builds = new Map<string, Build>();
  let sides = of.sides;
  let lost: Build | undefined;
  const read = async (paths: readonly string[]) => {
    if (readMore === undefined || paths.length === 0) return;
    sides = await readMore(sides, paths);
  };
  // A build does not name lists of files to leave out among what it reads.
  const missing = of.wanted.flatMap(({ side, files }) => {
    const known = sideOf(sides[side]);
    return unreadOf(known, [...files, ...[...known.keys()].filter(isIgnoreFile)]);
  });
  await read([...new Set(missing)].slice(0, mostFiles));
  const had = new Map<string, { readonly side: BuildSide; readonly build: Build }>();
  for (const wanted of of.wanted) {
    const asked = canonical(wanted.ask);
    const other = had.get(asked);
    const isHad = other?.side !== wanted.side && isSameOnBoth(other?.build, sides);
    const build =
      lost ??
      (isHad ? other?.build : undefined) ??
      (await buildOne(kube, wanted, { sides: () => sides, read }));
    builds.set(wanted.key, build);
    had.set(asked, { side: wanted.side, build });
    // The next would wait as long, or find as little.
    if (build.kind === "unavailable" && build.isForAll) lost = build;
  }
  return { builds, sides };
}

type Reading = {
  readonly sides: () => BothSides;
  readonly read: (paths: readonly string[]) => Promise<void>;
};

async function buildOne(
  kube: Pick<Kube, "build">,
  { side, ask, files }: WantedBuild,
  { sides, read }: Reading,
): Promise<Build> {
  const needed = new Set(files);
  for (let round = 0; round < mostRounds && needed.size <= mostFiles; round += 1) {
    const known = sideOf(sides()[side]);
    const why = [...needed].flatMap((path) => notRead(known.get(path)))[0];
    if (why !== undefined) return { kind: "unavailable", why };
    const asked = (paths: readonly SideFile[]) => ({ files: givenOf(paths, needed), ...ask });
    const near = filesNear(known, needed);
    const first = await kube.build(asked(near));
    // What it lacks may lie further away.
    const isWhole = near.length === known.size || first.kind === "built" || isLost(first);
    const result = isWhole ? first : await kube.build(asked([...known.values()]));
    if (result.kind === "absent" || result.kind === "timeout") {
      return { kind: "unavailable", why: result.text, isForAll: true };
    }
    if (result.kind === "crashed") return { kind: "unavailable", why: result.text };
    const lacking = result.read.filter((path) => known.has(path) && !needed.has(path));
    if (lacking.length === 0) return buildOf(result);
    for (const path of lacking) needed.add(path);
    await read(unreadOf(known, lacking));
  }
  return { kind: "unavailable", why: "it reads too many files" };
}

function isLost({ kind }: BuildResult): boolean {
  return kind === "absent" || kind === "timeout" || kind === "crashed";
}

/**
 * The files beside those that a build needs: it takes no notice of others, and each one more costs
 * it time, seconds where a repository has thousands.
 */
function filesNear(side: Side, needed: ReadonlySet<string>): readonly SideFile[] {
  const folders = new Set([...needed].map(folderOf));
  return [...side.values()].filter(({ path }) => folders.has(folderOf(path)) || isIgnoreFile(path));
}

// A file that was not needed so far stands there empty: a build that reads it names it.
function givenOf(files: readonly SideFile[], needed: ReadonlySet<string>): Files {
  const given = files.flatMap(({ path, text = "", kind }) => {
    if (kind !== undefined) return [];
    return [[path, needed.has(path) || isIgnoreFile(path) ? text : ""] as const];
  });
  return Object.fromEntries(given);
}

function unreadOf(side: Side, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const file = side.get(path);
    return file !== undefined && file.text === undefined && file.unread === undefined;
  });
}

function notRead(file: SideFile | undefined): readonly string[] {
  if (file === undefined || file.text !== undefined) return [];
  return [`${file.path}: ${file.unread ?? "was not read"}`];
}

type Answer = Extract<
  Awaited<ReturnType<Kube["build"]>>,
  { readonly kind: "built" | "failed" | "elsewhere" }
>;

function buildOf(result: Answer): Build {
  if (result.kind === "built") return result;
  if (result.kind === "elsewhere") return { kind: "unavailable", why: result.text };
  return { kind: "failed", message: result.message };
}
