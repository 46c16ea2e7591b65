import type { Comparison } from "../diff/compare-manifests.ts";
import { objectName } from "../manifests/object-name.ts";
import { problemText } from "../errors.ts";
import { changeSummary } from "../report/change-summary.ts";
import { countedChange } from "../report/change-text.ts";
import { objectDiffLines } from "../report/changes-file.ts";
import { markdownCode, markdownText } from "../report/markdown.ts";
import type { OwnershipIndex } from "../render/ownership-index.ts";
import { type Hold, holdText } from "./hold.ts";

export type RollbackFacts = {
  readonly delivery: string;
  readonly environment: string;
  readonly app?: string | undefined;
  /** The earlier commit. */
  readonly to: string;
  readonly reason: string;
  readonly diff: Comparison;
  readonly indexes: { readonly before: OwnershipIndex; readonly after: OwnershipIndex };
  readonly hold?: Hold | undefined;
  /** Whether that commit was reported healthy, in words. */
  readonly health: string;
  readonly warnings: readonly string[];
};

/** `shop/api in prod`. */
export function rollbackSubject({
  delivery,
  environment,
  app,
}: Pick<RollbackFacts, "delivery" | "environment" | "app">): string {
  return `${delivery}${app === undefined ? "" : `/${app}`} in ${environment}`;
}

export function rollbackTitle(facts: RollbackFacts): string {
  return `Roll back ${rollbackSubject(facts)} to ${facts.to.slice(0, 8)}`;
}

// The service takes no more.
const longest = 4000;

/** Markdown of at most 4,000 characters: what goes back, what is risky, then the diff as it fits. */
export function rollbackDescription(facts: RollbackFacts): string {
  const { to, reason, diff, indexes, hold, health, warnings } = facts;
  const counted = countedChange(changeSummary(diff, indexes));
  const isHeld = hold !== undefined;
  const head = [
    `**${rollbackTitle(facts)}:** ${counted}.`,
    markdownText(reason),
    `It takes back the files of ${to.slice(0, 12)}. ${health}`,
    isHeld
      ? `Afterwards ${hold.apps?.join(", ") ?? "all of it"} is ${markdownText(holdText(hold))}. Runs that would deploy it again stop and say so; a pull request that deletes the hold file lifts it.`
      : "**Nothing is held:** the next run deploys again what this takes back.",
    ...list("Not compared", diff.problems.map(problemText)),
    ...list("Look twice at", [
      ...warnings,
      ...diff.risks.map(({ identity, text }) => `${objectName(identity)}: ${text}`),
    ]),
  ];
  const parts = head.filter((part) => part !== "");
  let left = longest - 100 - parts.join("\n\n").length;
  if (left < 0) return parts.join("\n\n").slice(0, longest);
  for (const [at, change] of diff.objects.entries()) {
    const lines = objectDiffLines(change).join("\n").replaceAll("```", "'''");
    const text = `${change.change}: ${markdownCode(objectName(change.identity))}\n\`\`\`diff\n${lines}\n\`\`\``;
    left -= text.length + 2;
    if (left < 0) {
      parts.push(`… and ${diff.objects.length - at} more objects: the **Review** tab shows them.`);
      break;
    }
    parts.push(text);
  }
  return parts.join("\n\n");
}

function list(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 15).map((line) => `- ${markdownText(line).slice(0, 300)}`);
  const more = lines.length > 15 ? [`- … and ${lines.length - 15} more`] : [];
  return [[`**${title}**`, ...shown, ...more].join("\n")];
}
