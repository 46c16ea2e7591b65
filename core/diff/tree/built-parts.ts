import type { BuildSide, Builds, WantedBuild } from "./builds.ts";
import type { Answered, BuiltPart } from "./built-part.ts";
import type { Part, Reach } from "./reach.ts";
import type { Root } from "./roots.ts";
import type { Side } from "./side-file.ts";
import { isSameSubstitution } from "./substitution.ts";
import { transformRisks } from "./transform-risks.ts";

export type PartsOfRoot = {
  readonly built: readonly BuiltPart[];
  /** What is left to be read as the files say. */
  readonly rest: Root;
  /** The parts of that. */
  readonly left: readonly PartPair[];
  /** Builds that would say more, and were not tried. */
  readonly unbuilt: readonly WantedBuild[];
  /** Why some build could not be had. */
  readonly why: string | undefined;
};

type Sides = { readonly before: Side; readonly after: Side };
/** What Flux builds in one go, on both sides. */
export type PartPair = { readonly before: Part | undefined; readonly after: Part | undefined };

/** Takes out of a root the parts whose effect takes Flux' own build, as far as it is there. */
export function builtParts(root: Root, sides: Sides, builds: Builds): PartsOfRoot {
  const all = partPairs(root);
  const built: BuiltPart[] = [];
  const done = new Set<PartPair>();
  const whys: string[] = [];
  const unbuilt: WantedBuild[] = [];
  for (const pair of all) {
    if (!needsBuild(pair, sides)) continue;
    const [before, after] = [buildOf("before", pair, builds), buildOf("after", pair, builds)];
    const answers = [before, after].flatMap((one) => one ?? []);
    const why = answers.map(({ build }) => build).find((one) => one?.kind === "unavailable");
    if (why?.kind === "unavailable") whys.push(why.why);
    const missing = answers.filter(({ build }) => build === undefined);
    if (why === undefined) unbuilt.push(...missing.map(({ wanted }) => wanted));
    const found = { before: answered(before), after: answered(after) };
    if (why !== undefined || missing.length > 0 || !isSameSubstitution(found, sides)) continue;
    built.push(found);
    done.add(pair);
  }
  const left = all.filter((pair) => !done.has(pair));
  return { built, unbuilt, why: whys[0], rest: restOf(root, built), left };
}

function partPairs({ before, after, flux }: Root): readonly PartPair[] {
  const [old, next] = [before?.parts ?? [], after?.parts ?? []];
  // One Flux Kustomization is one build, wherever its file moved.
  if (flux !== undefined) return [{ before: old[0], after: next[0] }];
  const keys = new Set([...old, ...next].map(({ key }) => key));
  const find = (parts: readonly Part[], key: string) => parts.find((one) => one.key === key);
  return [...keys].map((key) => ({ before: find(old, key), after: find(next, key) }));
}

// What lies elsewhere is nowhere here, so that nobody can build it.
function needsBuild({ before, after }: PartPair, sides: Sides): boolean {
  const all = [before, after].flatMap((part) => part?.reach.transforms ?? []);
  if (all.some(({ does }) => does.some((one) => one.startsWith("remote base ")))) return false;
  return transformRisks({ before: before?.reach, after: after?.reach }, sides).length > 0;
}

function buildOf(side: BuildSide, pair: PartPair, builds: Builds) {
  const part = pair[side];
  if (part === undefined) return undefined;
  const wanted = wantedBuild(side, part);
  return { part, build: builds.get(wanted.key), wanted };
}

/** The build of a part, as it is asked for. */
export function wantedBuild(side: BuildSide, part: Part): WantedBuild {
  const { files, inputs } = part.reach;
  const names = [...new Set([...inputs, ...files.map(({ path }) => path)])];
  return { key: `${side}\0${part.key}`, side, ask: part.ask, files: names };
}

function answered(of: ReturnType<typeof buildOf>): Answered | undefined {
  if (of?.build === undefined || of.build.kind === "unavailable") return undefined;
  return { part: of.part, build: of.build };
}

function restOf(root: Root, built: readonly BuiltPart[]): Root {
  const left = (reach: Reach | undefined, side: BuildSide) =>
    reach && without(reach, new Set(built.flatMap((one) => one[side]?.part ?? [])));
  return { ...root, before: left(root.before, "before"), after: left(root.after, "after") };
}

function without(reach: Reach, parts: ReadonlySet<Part>): Reach {
  const gone = new Set<unknown>(
    [...parts].flatMap((part) => [
      ...part.reach.files,
      ...part.reach.transforms,
      ...part.reach.refusals,
    ]),
  );
  return {
    ...reach,
    files: reach.files.filter((one) => !gone.has(one)),
    transforms: reach.transforms.filter((one) => !gone.has(one)),
    refusals: reach.refusals.filter((one) => !gone.has(one)),
  };
}
