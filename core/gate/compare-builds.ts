// What differs between two builds of one Kustomization (design.md 4.6, "Which objects changed").
import { identityKey, type Identity } from "../manifests/identity.ts";
import { compareBuildsOf, type BuildOf } from "./build-of.ts";
import type { BuiltChange } from "./gate-input.ts";

/** One object of a build. */
export type BuiltEntry = {
  readonly identity: Identity;
  /** Of its content. */
  readonly digest: string;
  /** The repository's file that it came from, where that is known. */
  readonly file?: string;
  /** Of a Flux Kustomization. */
  readonly build?: BuildOf;
};

/** One build by Flux' own code, or why there is none. */
export type BuiltSide =
  | {
      readonly kind: "built";
      readonly objects: readonly BuiltEntry[];
      /** Files that went into it. */
      readonly read: readonly string[];
      readonly hasUnknownValues: boolean;
    }
  | { readonly kind: "unknown"; readonly why: string };

/** X against what was there before. */
export function compareBuilds(before: BuiltSide, after: BuiltSide): BuiltChange {
  if (after.kind === "unknown") return after;
  if (before.kind === "unknown") {
    return { kind: "unknown", why: `what was there before: ${before.why}` };
  }
  const old = byKey(before.objects);
  const now = byKey(after.objects);
  return {
    kind: "built",
    changed: [...now].flatMap(([key, { identity, digest }]) =>
      old.get(key)?.digest === digest ? [] : [identity],
    ),
    ...compareBuildsOf(buildsOf(before), buildsOf(after)),
    removed: [...old].flatMap(([key, { identity }]) => (now.has(key) ? [] : [identity])),
    hasUnknownValues: before.hasUnknownValues || after.hasUnknownValues,
  };
}

/**
 * The objects of given files, where there is nothing to compare with.
 * @param of.files all files that are looked at
 * @param of.isList of a kustomization that only lists what lies beside it
 */
export function objectsOfFiles(
  after: BuiltSide,
  of: { readonly files: ReadonlySet<string>; readonly isList: (path: string) => boolean },
): BuiltChange {
  if (after.kind === "unknown") return after;
  const made = new Set(after.objects.map(({ file }) => file));
  const patch = after.read.find(
    (path) => of.files.has(path) && !made.has(path) && !of.isList(path),
  );
  if (patch !== undefined) {
    const why = `what ${patch} makes of objects cannot be told without an earlier healthy commit`;
    return { kind: "unknown", why };
  }
  const own = after.objects.filter(({ file }) => file !== undefined && of.files.has(file));
  return {
    kind: "built",
    changed: own.map(({ identity }) => identity),
    removed: [],
    hasUnknownValues: after.hasUnknownValues,
  };
}

function byKey(objects: readonly BuiltEntry[]): ReadonlyMap<string, BuiltEntry> {
  return new Map(objects.map((one) => [identityKey(one.identity), one]));
}

function buildsOf({ objects }: Extract<BuiltSide, { readonly kind: "built" }>): readonly BuildOf[] {
  return objects.flatMap(({ build }) => build ?? []);
}
