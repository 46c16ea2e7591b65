import { type AzureDevOps, type RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listTree } from "../../clients/azure-devops/items.ts";
import type { RuleList, TeamRules } from "../../core/team-rules/team-rule.ts";
import { holdsObjects } from "../../core/diff/read-objects.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import { imageChanges } from "../../core/diff/image-changes.ts";
import { pairNamespaces } from "../../core/diff/pair-namespaces.ts";
import { treesComparer } from "../../core/diff/tree/compare-trees.ts";
import type { Analysed, Analysis, TwoSides } from "./analyse.ts";
import { compareBuilt } from "./compare-built.ts";
import { loadTeamRules } from "./load-team-rules.ts";
import { openKubeOfPage } from "./open-kube.ts";
import { readSides } from "./read-sides.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

/** The folder of an environment at one moment. */
export type Moment = {
  readonly repo: RepositoryRef;
  readonly commit: string;
  /** "" where it is the repository's root. */
  readonly path: string;
};

export type FoldersComparison = {
  readonly analysis: Analysis;
  /** Of the team, as the right side has them. */
  readonly rules: Readonly<Record<RuleList, TeamRules>>;
};

const mostFiles = 5_000;

/** What differs between two environments, or two moments of one: folders laid one on the other. */
export async function compareFolders(
  ado: AzureDevOps,
  { left, right }: { readonly left: Moment; readonly right: Moment },
  onProgress?: () => void,
): Promise<FoldersComparison> {
  const [before, after, expected, noise] = await Promise.all([
    listFolder(ado, left),
    listFolder(ado, right),
    loadTeamRules(ado, { ...right, list: "expected" }),
    loadTeamRules(ado, { ...right, list: "noise" }),
  ]);
  const sides: TwoSides = { before, after };
  const differing = differingPaths(sides);
  const read = await readBoth(ado, { left, right, sides, paths: differing.slice(0, mostFiles) });
  const compare = treesComparer(onProgress);
  const analyse = (of: Analysed) => compare(of.before, of.after, of.builds);
  const first = analyse(read);
  const more = first.wanted.slice(0, mostFiles);
  const whole =
    more.length === 0 ? read : await readBoth(ado, { left, right, sides: read, paths: more });
  const plain = more.length === 0 ? first : analyse(whole);
  const sameRepository = left.repo.repository === right.repo.repository;
  // Builds read more files of one repository; of two they are left, and said to be unknown.
  const found = sameRepository
    ? await compareBuilt(ado, {
        ...{ repo: right.repo, sides: whole, first: plain },
        openBuilds: () => openKubeOfPage("build"),
        analyse,
      })
    : plain;
  const analysis = sameRepository && left.path === right.path ? found : sideBySide(found);
  const unread = differing.slice(mostFiles).map((path) => ({ message: `${path}: was not read` }));
  const problems = [...analysis.problems, ...unread];
  return {
    analysis: { ...analysis, problems, complete: problems.length === 0 },
    rules: { expected, noise },
  };
}

/** Two environments, not a change of one: what stands in another namespace is compared all the same. */
function sideBySide(found: Analysis): Analysis {
  const { objects, namespaces } = pairNamespaces(found.objects);
  return { ...found, objects, namespaces, images: imageChanges(objects) };
}

async function listFolder(
  ado: AzureDevOps,
  { repo, commit, path }: Moment,
): Promise<readonly SideFile[]> {
  const files = await listTree(ado, { repo, commit, path, recursive: true });
  const start = path === "" ? 0 : path.length + 1;
  return files.map((file): SideFile => ({ path: file.path.slice(start), id: file.blob }));
}

function differingPaths({ before, after }: TwoSides): readonly string[] {
  const [old, next] = [before, after].map(
    (side) => new Map(side.map(({ path, id }) => [path, id])),
  );
  const paths = new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])]);
  return [...paths].filter(
    (path) =>
      isKustomizationPath(path) || (old?.get(path) !== next?.get(path) && holdsObjects(path)),
  );
}

async function readBoth(
  ado: AzureDevOps,
  of: {
    readonly left: Moment;
    readonly right: Moment;
    readonly sides: TwoSides;
    readonly paths: readonly string[];
  },
): Promise<TwoSides> {
  const { left, right, sides, paths } = of;
  if (left.repo.repository === right.repo.repository) {
    return readSides(ado, { repo: right.repo, sides, paths });
  }
  const [old, next] = await Promise.all([
    readSides(ado, { repo: left.repo, sides: { before: sides.before, after: [] }, paths }),
    readSides(ado, { repo: right.repo, sides: { before: [], after: sides.after }, paths }),
  ]);
  return { before: old.before, after: next.after };
}
