import { isUnder } from "../../flux/folder.ts";
import type { Parsed } from "../read-objects.ts";
import { builtParts } from "./built-parts.ts";
import type { Builds } from "./builds.ts";
import { isSameReach } from "./changed-files.ts";
import { reachOfFlux } from "./flux-reach.ts";
import type { FluxRoot } from "./flux-roots.ts";
import { pathsOf } from "./reach.ts";
import { readParts } from "./read-parts.ts";
import type { Root } from "./roots.ts";
import type { Side } from "./side-file.ts";

type Sides = { readonly before: Side; readonly after: Side };

/**
 * The same roots, with Flux Kustomizations as they were where Flux refuses the build that brings them:
 * one that changes goes on as before, one that goes stays, one that comes is not there yet.
 */
export function withHeld(roots: readonly Root[], seen: Sides, builds: Builds): readonly Root[] {
  const files = new Set(roots.flatMap(({ flux }) => [flux?.before?.file, flux?.after?.file]));
  const bringing = roots.filter((root) => {
    const paths = [...pathsOf(root.before), ...pathsOf(root.after)];
    return paths.some((path) => files.has(path)) && !isSameReach(root, seen);
  });
  const refused = new Set(bringing.flatMap((root) => refusedPaths(root, seen, builds)));
  if (refused.size === 0) return roots;
  return roots.flatMap((root) => {
    const { before, after } = root.flux ?? {};
    if (!refused.has((after ?? before)?.file ?? "")) return root;
    if (before === undefined) return [];
    const held = stillAsking(before, seen.after);
    const reach = reachOfFlux(held, seen.after, seen.before);
    return { ...root, after: reach, flux: { before, after: held } };
  });
}

function stillAsking(root: FluxRoot, side: Side): FluxRoot {
  const { path } = root;
  const isThere = path === undefined || [...side.keys()].some((one) => isUnder(one, path));
  return isThere ? root : { ...root, path: undefined, missing: path };
}

function refusedPaths(root: Root, seen: Sides, builds: Builds): readonly string[] {
  const parsed: Parsed = new Map();
  const parts = builtParts(root, seen, builds);
  const read = readParts(parts, { ...seen, parsed, toldBySome: true });
  return [
    ...read.flatMap(({ refused }) =>
      refused === undefined || refused.when === "before" ? [] : refused.paths,
    ),
    ...parts.built.flatMap(({ before, after }) =>
      after?.build.kind === "failed"
        ? [...pathsOf(before?.part.reach), ...pathsOf(after.part.reach)]
        : [],
    ),
  ];
}
