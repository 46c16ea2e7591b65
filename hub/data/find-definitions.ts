import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { ObjectChange } from "../../core/diff/object-change.ts";
import { holdsObjects } from "../../core/diff/read-objects.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { definitionsAmong } from "../../core/merge/definitions-among.ts";
import type { TwoSides } from "./analyse.ts";
import { readSides } from "./read-sides.ts";

type OfKinds = readonly Pick<ObjectChange, "identity">[];

/** Definitions are large: those that are read are named like one. */
const mostFiles = 20;

/**
 * Finds definitions of custom resources among files that were read, and, with one request more, among
 * others whose names speak of one (`crds.yaml`, `monitoring.coreos.com_prometheusrules.yaml`).
 */
export function definitionFinder(
  repo: RepositoryRef,
  sides: TwoSides,
): (ado: AzureDevOps, of: OfKinds) => Promise<readonly KubernetesObject[]> {
  let known: TwoSides = { before: [], after: sides.after };
  return async (ado, of) => {
    const paths = known.after
      .filter(({ text, unread, kind }) => (text ?? unread ?? kind) === undefined)
      .map(({ path }) => path);
    const named = namedForDefinitions(paths, of);
    // What cannot be read is as if it was not there: the answer says that the kind is not known.
    if (named.length > 0) {
      known = await readSides(ado, { repo, sides: known, paths: named }).catch(() => known);
    }
    return definitionsAmong(known.after, of);
  };
}

/** Files that by their names may define kinds, those first that name one of them. */
function namedForDefinitions(paths: readonly string[], of: OfKinds): readonly string[] {
  const kinds = new Set(of.map(({ identity }) => identity.kind.toLowerCase()));
  const groups = new Set(of.map(({ identity }) => identity.group.toLowerCase()));
  const names = (path: string, words: ReadonlySet<string>) =>
    [...words].some((word) => word !== "" && path.includes(word));
  const ranked = paths.filter(holdsObjects).flatMap((path) => {
    const lower = path.toLowerCase();
    const isDefinition = /crd|customresourcedefinition/.test(lower);
    if (!isDefinition && !names(lower, groups)) return [];
    const rank = (isDefinition ? 0 : 2) + (names(lower, kinds) ? 0 : 1);
    return [{ path, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostFiles)
    .map(({ path }) => path);
}
