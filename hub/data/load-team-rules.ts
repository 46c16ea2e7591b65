import { listCommits } from "../../clients/azure-devops/commits.ts";
import {
  type AzureDevOps,
  oddAnswer,
  type RepositoryRef,
} from "../../clients/azure-devops/connection.ts";
import { findFile, readFile } from "../../clients/azure-devops/items.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Commit } from "../../core/azure-devops/types.ts";
import {
  parseTeamRules,
  type RuleList,
  ruleKey,
  ruleLists,
  type TeamRule,
  type TeamRules,
} from "../../core/team-rules/team-rule.ts";
import { unreadText } from "../view/unread.ts";

type At = { readonly repo: RepositoryRef; readonly commit: string };

/** The rules of a commit. Those that cannot be read hide nothing, and that is said. */
export async function loadTeamRules(
  ado: AzureDevOps,
  { list, ...at }: At & { readonly list: RuleList },
): Promise<TeamRules> {
  const { file } = ruleLists[list];
  try {
    const text = await readExisting(ado, { ...at, file });
    return text === undefined ? { rules: [], problems: [] } : parseTeamRules(text, list);
  } catch (error) {
    return { rules: [], problems: [unreadText(file, error)] };
  }
}

async function readExisting(ado: AzureDevOps, of: At & { readonly file: string }) {
  const { file: path, ...at } = of;
  const found = await findFile(ado, { ...at, path });
  if (found === undefined) return undefined;
  const text = await readFile(ado, { ...at, ...found });
  if (text === undefined) throw oddAnswer(`${path} was listed, and is not there`);
  return text;
}

/** A rule, and the commit of the branch that brought it. */
export type SetRule = {
  readonly rule: TeamRule;
  /** Undefined: it stood there before the oldest change that was looked at. */
  readonly setBy: Commit | undefined;
};

export type RuleSettings = {
  /** Undefined: the branch has no such file. */
  readonly rules: readonly SetRule[] | undefined;
  readonly problems: readonly string[];
};

/** So many changes of the file are looked through. */
const mostCommits = 30;

/** The rules of a branch's head, each with who brought it and when. */
export async function loadRuleSettings(
  ado: AzureDevOps,
  { repo, commit, list }: At & { readonly list: RuleList },
): Promise<RuleSettings> {
  const { file } = ruleLists[list];
  const text = await readExisting(ado, { repo, commit, file });
  if (text === undefined) return { rules: undefined, problems: [] };
  const { rules, problems } = parseTeamRules(text, list);
  if (rules.length === 0) return { rules: [], problems };
  const options = { repo, commit, path: file, firstParent: true, withPushes: true };
  const commits = await listCommits(ado, { ...options, top: mostCommits });
  const keys = await mapLimited(commits, 4, async ({ commitId }) => {
    const old = await readExisting(ado, { repo, commit: commitId, file });
    return new Set(old === undefined ? [] : parseTeamRules(old, list).rules.map(ruleKey));
  });
  const isWhole = commits.length < mostCommits;
  return { problems, rules: rules.map((rule) => ({ rule, setBy: setBy(rule) })) };

  function setBy(rule: TeamRule): Commit | undefined {
    const absent = keys.findIndex((known) => !known.has(ruleKey(rule)));
    if (absent > 0) return commits[absent - 1];
    return absent < 0 && isWhole ? commits.at(-1) : undefined;
  }
}
