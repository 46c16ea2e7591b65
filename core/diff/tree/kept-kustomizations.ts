import { isUnder } from "../../flux/folder.ts";
import { goesWithAll, isOptedOut, prunes } from "../../flux/garbage-collection.ts";
import { reachOfFlux } from "./flux-reach.ts";
import type { FluxRoot } from "./flux-roots.ts";
import { pathsOf } from "./reach.ts";
import type { Side } from "./side-file.ts";

/** A Flux Kustomization on both sides of a change. */
export type Pair = { readonly before: FluxRoot | undefined; readonly after: FluxRoot | undefined };
type Sides = { readonly before: Side; readonly after: Side };

/** One that leaves git and is not deleted goes on applying its folder as it is then. */
export function withKept(pairs: readonly Pair[], seen: Sides): readonly Pair[] {
  const isLost = ({ before, after }: Pair) => before !== undefined && after === undefined;
  if (!pairs.some(isLost)) return pairs;
  const reached = pairs.map(({ before }) => pathsOf(reachOfFlux(before, seen.before, seen.after)));
  const isHere = (folder: string) => [...seen.after.keys()].some((path) => isUnder(path, folder));
  const keep = (pair: Pair, above: ReadonlySet<Pair>): Pair => {
    const { before } = pair;
    if (before === undefined || !isLost(pair) || above.has(pair)) return pair;
    const parent = pairs.find((one, at) => one !== pair && reached[at]?.includes(before.file));
    const known = parent && keep(parent, new Set([...above, pair]));
    const stays = isOptedOut(before.object) || (known !== undefined && isUnpruned(known));
    if (!stays) return pair;
    const { path } = before;
    const isLostToo = path !== undefined && !isHere(path);
    return { before, after: isLostToo ? { ...before, path: undefined, missing: path } : before };
  };
  return pairs.map((pair) => keep(pair, new Set()));
}

/** Whether what leaves it stays in the cluster. */
export function isUnpruned({ before, after }: Pair): boolean {
  if (after !== undefined) return !prunes(after.object);
  return before !== undefined && !goesWithAll(before.object);
}
