import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { readFile } from "../../clients/azure-devops/items.ts";
import { createPullRequest, findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import { pushNewBranch } from "../../clients/azure-devops/push-files.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { digestOf } from "../../core/diff/digest.ts";
import { TerminalError } from "../../core/errors.ts";
import { changeRules, type RuleChange } from "../../core/team-rules/change-rules.ts";
import { ruleLists } from "../../core/team-rules/team-rule.ts";

const titles = {
  add: { expected: "Expect a difference between environments", noise: "Call edits minor" },
  remove: { expected: "Expect a difference no longer", noise: "Call edits minor no longer" },
} as const;

/** Opens the pull request that changes a team's rules, as the viewer. @returns its number */
export async function openRuleChange(
  ado: AzureDevOps,
  of: RuleChange & { readonly repo: RepositoryRef; readonly branch: string },
): Promise<number> {
  const { repo, branch, list, rule, change } = of;
  const targetRef = `refs/heads/${branch}`;
  const refs = await listRefs(ado, { repo, filter: `heads/${branch}` });
  const head = refs.find(({ name }) => name === targetRef)?.objectId;
  if (head === undefined) {
    throw new TerminalError(`Failed to propose the rule: there is no branch ${branch}`, {
      code: "rule-refused",
    });
  }
  const { file } = ruleLists[list];
  const text = await readFile(ado, { repo, commit: head, path: file });
  const content = new TextEncoder().encode(changeRules(text, of));
  const name = digestOf([list, change, rule]).slice(0, 8);
  const sourceRef = `refs/heads/rules/${list}-${change}-${name}-${head.slice(0, 8)}`;
  const [open] = await findPullRequests(ado, { repo, status: "active", sourceRef, targetRef });
  if (open !== undefined) return open.pullRequestId;
  const title = titles[change][list];
  await pushNewBranch(ado, {
    ...{ repo, ref: sourceRef, onto: head, message: title },
    files: [{ path: file, content, exists: text !== undefined }],
  });
  const fenced = JSON.stringify(rule, undefined, 2).replaceAll("`", "'");
  const description = `${change === "add" ? "Adds to" : "Takes from"} ${file}:\n\n\`\`\`json\n${fenced}\n\`\`\``;
  const made = await createPullRequest(ado, {
    ...{ repo, sourceRef, targetRef, title },
    description: description.slice(0, 4_000),
  });
  return made.pullRequestId;
}
