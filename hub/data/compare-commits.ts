import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { seenDigest } from "../../core/diff/seen-digest.ts";
import { treesComparer } from "../../core/diff/tree/compare-trees.ts";
import type { TeamRules } from "../../core/team-rules/team-rule.ts";
import type { Analysed, Analysis } from "./analyse.ts";
import { compareBuilt } from "./compare-built.ts";
import { definitionFinder } from "./find-definitions.ts";
import { loadChanges } from "./load-changes.ts";
import { loadTeamRules } from "./load-team-rules.ts";
import { openKubeOfPage } from "./open-kube.ts";
import { readSides } from "./read-sides.ts";

export type Changes = {
  /** The two commits. */
  readonly before: string;
  readonly after: string;
  readonly analysis: Analysis;
  /** What a vote is for. */
  readonly digest: string;
  /** The digest of the same commits where more was found out about them. */
  readonly digestOf: (analysis: Analysis) => string;
  /** Changed files that hold nothing that Flux applies. */
  readonly others: readonly FileChange[];
  /** As the target has them: a change never brings the rule that folds it. */
  readonly noise: TeamRules;
  /** What the changed files say afterwards, by path, as far as they were read. */
  readonly texts: ReadonlyMap<string, string>;
  /** Definitions of custom resources that lie in the repository, changed or not. */
  readonly findDefinitions: ReturnType<typeof definitionFinder>;
};

const mostWanted = 600;

/** What Flux would do between two commits, read as the viewing user. It takes a worker's time. */
export async function compareCommits(
  ado: AzureDevOps,
  at: { readonly repo: RepositoryRef; readonly before: string; readonly after: string },
  onProgress?: () => void,
): Promise<Changes> {
  const { repo, before, after } = at;
  const [{ changes, unread, ...sides }, noise] = await Promise.all([
    loadChanges(ado, at),
    loadTeamRules(ado, { repo, commit: before, list: "noise" }),
  ]);
  const compare = treesComparer(onProgress);
  const analyse = (of: Analysed) => compare(of.before, of.after, of.builds);
  const first = analyse(sides);
  // Unchanged files that join or leave what is applied.
  const paths = first.wanted.slice(0, mostWanted);
  const read = paths.length === 0 ? sides : await readSides(ado, { repo, sides, paths });
  const plain = paths.length === 0 ? first : analyse(read);
  const given = {
    repo,
    sides: read,
    first: plain,
    openBuilds: () => openKubeOfPage("build"),
    analyse,
  };
  const analysis = await compareBuilt(ado, given);
  const left = analysis.wanted.map((path) => `${path}: was not read`);
  const problems = [...analysis.problems, ...[...unread, ...left].map((message) => ({ message }))];
  const whole = { ...analysis, problems, complete: problems.length === 0 };
  const others = new Set(analysis.others);
  const old = new Map(sides.before.map(({ path, id }) => [path, id]));
  const changed = sides.after.filter(({ path, id }) => id === undefined || old.get(path) !== id);
  const digestOf = (one: Analysis) => seenDigest(one, sides);
  return {
    ...{ before, after, noise },
    texts: new Map(changed.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text]]))),
    analysis: whole,
    digest: digestOf(whole),
    digestOf,
    findDefinitions: definitionFinder(repo, read),
    others: changes.filter(({ path }) => others.has(path)),
  };
}
