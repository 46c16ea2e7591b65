import type { Problem } from "../../errors.ts";
import { identityKey } from "../../manifests/identity.ts";
import { type Parsed, type ReadObjects, readObjects } from "../read-objects.ts";
import type { Reach, ReachedFile } from "./reach.ts";
import { isSameFile, type Side } from "./side-file.ts";

export type Read = ReadObjects & {
  readonly wanted: readonly string[];
  /** Whether all files were read, or cannot be. */
  readonly isWhole: boolean;
  /** Why Flux builds nothing of these files, as far as they tell. */
  readonly refusal: Problem | undefined;
};

/** The objects of what one side builds in one go, and why Flux refuses it. */
export function readSide(
  reach: Reach | undefined,
  of: {
    readonly side: Side;
    readonly other: { readonly side: Side; readonly reach: Reach | undefined };
    readonly parsed: Parsed;
    readonly isBefore: boolean;
    /** Whether it is all that this build takes, as far as anybody can know. */
    readonly isAlone: boolean;
    /** Whether Flux Kustomizations among the files tell what is applied of them. */
    readonly toldBySome: boolean;
  },
): Read {
  const { side, other, parsed, toldBySome } = of;
  const files = (reach?.files ?? []).map((one) => ({ ...one, ...side.get(one.path) }));
  const elsewhere = new Set((other.reach?.files ?? []).map(keyOf));
  const known = files.flatMap(({ text, ...file }) =>
    text === undefined ? [] : [{ ...file, text }],
  );
  const { objects, problems: all } = readObjects(known, parsed);
  const places = new Set(files.flatMap(({ isGuess, path }) => (isGuess ? [path] : [])));
  const guessed = new Set([...places].filter((path) => isSameFile(side, other.side, path)));
  const isPlain = (reach?.transforms ?? []).length === 0;
  const problems = [
    ...all.filter(({ file = "" }) => !guessed.has(file)),
    ...(isPlain ? repeatedIn(objects) : []),
  ];
  const refusals = reach?.refusals ?? [];
  const effect = refusalEffect(of);
  return {
    objects,
    isWhole: files.every(({ text, unread }) => text !== undefined || unread !== undefined),
    refusal: problems[0] ?? refusals.find(({ isUnread }) => isUnread !== true),
    problems: [
      ...problems.map((one) =>
        withEffect(
          one,
          toldBySome && places.has(one.file ?? "") ? effect.whereApplied : effect.sure,
        ),
      ),
      ...files.flatMap(({ path, unread }): readonly Problem[] =>
        unread === undefined || guessed.has(path)
          ? []
          : [{ file: path, message: `${unread}. What it holds is not compared` }],
      ),
      ...refusals.map(({ isUnread, ...one }) =>
        withEffect(one, isUnread === true ? "What it applies is not known" : effect.sure),
      ),
    ],
    wanted: files
      .filter(({ text, unread }) => text === undefined && unread === undefined)
      .filter((file) => !elsewhere.has(keyOf(file)))
      .map(({ path }) => path),
  };
}

function keyOf({ path, namespace }: ReachedFile): string {
  return `${path}\0${namespace ?? ""}`;
}

// kustomize takes a name once in a build, of each version of its kind.
function repeatedIn(objects: ReadObjects["objects"]): readonly Problem[] {
  const firsts = new Map<string, string>();
  return objects.flatMap(({ identity, object, file, line }) => {
    const { namespace } = identity;
    const key = `${object.apiVersion} ${identityKey({ ...identity, namespace: namespace || "default" })}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, file);
    if (first === undefined) return [];
    const message = `${identityKey(identity)} is also in ${first}`;
    return [{ file, ...(line === undefined ? {} : { line }), message }];
  });
}

type Effect = { readonly sure: string; readonly whereApplied: string };

/** What follows where Flux refuses a build. */
export function refusalEffect(of: {
  readonly isBefore: boolean;
  readonly isAlone: boolean;
}): Effect {
  const beside = of.isAlone ? "" : ", of all that it builds together with this";
  const unknown = `refused the build${beside}: what is in the cluster is of an earlier commit, and more may change or go than is shown`;
  return of.isBefore
    ? { sure: `Flux ${unknown}`, whereApplied: `Where Flux applies its folder, it ${unknown}` }
    : {
        sure: `Flux refuses the build and keeps what it applied before${beside}`,
        whereApplied: `Where Flux applies its folder, it refuses the build and keeps what it applied${beside}`,
      };
}

export function withEffect(problem: Problem, effect: string): Problem {
  return { ...problem, message: `${problem.message.trim().replace(/\.$/, "")}. ${effect}` };
}
