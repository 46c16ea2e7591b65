import type { Problem } from "../../errors.ts";
import { identityKey } from "../../manifests/identity.ts";
import type { Parsed } from "../read-objects.ts";
import type { PartsOfRoot } from "./built-parts.ts";
import { folderOf } from "./paths.ts";
import { joined, pathsOf, type Reach } from "./reach.ts";
import { type Read, readSide } from "./read-side.ts";
import type { Side } from "./side-file.ts";

/** What Flux builds in one go, or not at all, as its files tell it. */
export type ReadPart = {
  readonly before: Read;
  /** With the objects of before where Flux refuses the build: what it applied stays as it is. */
  readonly after: Read;
  readonly refused?: Refused;
};

/** A build that Flux refuses. */
export type Refused = {
  readonly problem: Problem;
  /** Its kustomization, or that of Flux. */
  readonly file: string;
  /** The change; or it is refused on both sides of it. */
  readonly when: "before" | "after" | "both";
  /** Whether there was nothing before. */
  readonly isNew: boolean;
  /** All that it is built of, on both sides. */
  readonly paths: readonly string[];
};

type Sides = { readonly before: Side; readonly after: Side };

/** Reads what is left of a root beside what Flux' own code built, each part by itself. */
export function readParts(
  { rest, left }: Pick<PartsOfRoot, "rest" | "left">,
  of: Sides & { readonly parsed: Parsed; readonly toldBySome: boolean },
): readonly ReadPart[] {
  const { parsed, toldBySome } = of;
  const pairs = pairsOf({ rest, left });
  const isAlone = rest.flux !== undefined || pairs.length < 2;
  const sideOf = (isBefore: boolean) => ({
    ...{ parsed, toldBySome, isBefore, isAlone, side: isBefore ? of.before : of.after },
    other: isBefore
      ? { side: of.after, reach: rest.after }
      : { side: of.before, reach: rest.before },
  });
  return pairs.map(({ before, after, file }) => {
    const [old, next] = [readSide(before, sideOf(true)), readSide(after, sideOf(false))];
    const [was, is] = [old.refusal, next.refusal];
    // A folder that nothing says is applied, and that could not be before, hardly is.
    const isHeld = is !== undefined && (file !== undefined || was === undefined);
    const refused = file === undefined ? undefined : refusedOf(file, { was, is, before, after });
    return {
      before: isHeld ? { ...old, problems: old.problems.filter((one) => !isSaid(one, next)) } : old,
      after: isHeld
        ? { ...next, objects: file === undefined ? unremoved(old, next) : old.objects }
        : next,
      ...(refused === undefined ? {} : { refused }),
    };
  });
}

function refusedOf(
  file: string,
  of: Pick<ReachPair, "before" | "after"> & {
    readonly was: Problem | undefined;
    readonly is: Problem | undefined;
  },
): Refused | undefined {
  const { was, is, before, after } = of;
  if (is !== undefined) {
    const when = was === undefined ? "after" : "both";
    const paths = [...pathsOf(before), ...pathsOf(after)];
    return { problem: is, file, when, isNew: before === undefined, paths };
  }
  if (was === undefined || after === undefined) return undefined;
  return { problem: was, file, when: "before", isNew: false, paths: [] };
}

// Where nobody knows that Flux applies them, what changes is shown as it would be without that.
function unremoved(old: Read, next: Read): Read["objects"] {
  const still = new Set(next.objects.map(({ identity }) => identityKey(identity)));
  const gone = old.objects.filter(({ identity }) => !still.has(identityKey(identity)));
  return [...next.objects, ...gone];
}

function isSaid({ file, line }: Problem, { problems }: Read): boolean {
  return problems.some((one) => one.file === file && one.line === line);
}

type ReachPair = {
  readonly before: Reach | undefined;
  readonly after: Reach | undefined;
  /** Absent where only the place of its files tells that Flux applies them. */
  readonly file?: string | undefined;
};

/** Parts of both sides; of files that only lie there, those of a folder, which Flux takes together. */
function pairsOf({ rest, left }: Pick<PartsOfRoot, "rest" | "left">): readonly ReachPair[] {
  const [old, next] = [guesses(rest.before), guesses(rest.after)];
  const parts = left.map(({ before, after }): ReachPair => {
    return {
      before: before?.reach ?? taken(old, after?.key),
      after: after?.reach ?? taken(next, before?.key),
      file: (after ?? before)?.file,
    };
  });
  const folders = new Set([...old.keys(), ...next.keys()]);
  const plain = [...folders].map((folder): ReachPair => {
    return { before: old.get(folder), after: next.get(folder) };
  });
  return [...parts, ...plain];
}

// A folder that gets a kustomization, or loses it, goes on being one.
function taken(found: Map<string, Reach>, key: string | undefined): Reach | undefined {
  const reach = key === undefined ? undefined : found.get(key);
  if (key !== undefined) found.delete(key);
  return reach;
}

function guesses(reach: Reach | undefined): Map<string, Reach> {
  const found = new Map<string, Reach>();
  for (const file of reach?.files ?? []) {
    if (file.isGuess !== true) continue;
    const folder = folderOf(file.path);
    const one: Reach = { files: [file], inputs: new Set(), transforms: [], refusals: [] };
    const known = found.get(folder);
    found.set(folder, known === undefined ? one : joined([known, one]));
  }
  return found;
}
