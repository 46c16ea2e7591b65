import type { CodeCommit } from "../../../clients/azure-devops/code-commits.ts";
import { commitUrl, workItemUrl } from "../../../core/azure-devops/urls.ts";
import { type CodeBetween, mostCommits } from "../../data/load-code-between.ts";
import { agoText } from "../ago.ts";
import { count } from "../../../core/count.ts";
import { type ContextDetail, type ContextLine, plainLine } from "./context-line.ts";

type Line = Omit<ContextLine, "label">;
type At = { readonly organisationUrl: string; readonly now: number };

const mostAuthors = 5;

/** Which code commits, of whom and for which work items, come with it, and which would go. */
export function codeLine(code: CodeBetween, at: At): Line {
  switch (code.state) {
    case "unrecorded":
      return plainLine("plain", "Not known: it is not recorded what code both were rendered from.");
    case "new":
      return plainLine(
        "plain",
        `Code ${code.commit.slice(0, 8)}. The delivery is not in this environment yet.`,
      );
    case "same":
      return plainLine(
        "plain",
        `The same code as is there now (${code.commit.slice(0, 8)}): configuration or tools differ.`,
      );
    case "unseen":
      return plainLine(
        "plain",
        `Not known: the code repository ${code.repository} is not there, or you may not see it.`,
      );
    case "known":
      return knownLine(code, at);
  }
}

function knownLine(code: CodeBetween & { readonly state: "known" }, at: At): Line {
  const { commits, lost, repository } = code;
  const address = {
    organisationUrl: at.organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  const detail = (prefix: string) => (commit: CodeCommit) => {
    const { commitId, comment, author } = commit;
    const by = author === undefined ? "" : `, ${author.name}, ${agoText(author.date, at.now)}`;
    return {
      link: { text: commitId.slice(0, 8), url: commitUrl(address, commitId) },
      text: `${prefix}${comment.split("\n")[0] ?? ""}${by}`,
    };
  };
  const items = [...new Set([...commits, ...lost].flatMap(({ workItems }) => workItems))];
  const goes = lost.length === 0 ? "" : ` ${capped(lost.length)} that it has now would go.`;
  return {
    tone: lost.length === 0 ? "plain" : "warning",
    text: `${capped(commits.length)} of ${repository.name} more than is there now${authorsText(commits)}.${goes}`,
    more: [
      ...lost.map(detail("would go: ")),
      ...commits.map(detail("")),
      ...items.map((id): ContextDetail => ({
        link: { text: `#${id}`, url: workItemUrl(address, id) },
        text: "work item",
      })),
    ],
  };
}

function capped(amount: number): string {
  return amount >= mostCommits ? `${mostCommits} commits or more` : count(amount, "commit");
}

function authorsText(commits: readonly CodeCommit[]): string {
  const names = [...new Set(commits.flatMap(({ author }) => author?.name ?? []))];
  if (names.length === 0) return "";
  const left = names.length - mostAuthors;
  const rest = left > 0 ? ` and ${count(left, "other")}` : "";
  return `, by ${names.slice(0, mostAuthors).join(", ")}${rest}`;
}
