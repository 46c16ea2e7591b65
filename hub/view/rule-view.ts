import type { Commit } from "../../core/azure-devops/types.ts";
import type { TeamRule } from "../../core/team-rules/team-rule.ts";
import { agoText } from "./ago.ts";

/** `Deployment shop api`, `any object`. */
export function ruleAbout({ kind, namespace, name }: TeamRule): string {
  return [kind ?? "any object", namespace, name].filter(Boolean).join(" ");
}

/** Who brought it and when, as the service saw the push; else as the commit says. */
export function setByText(commit: Commit | undefined, now: number): string {
  if (commit === undefined) return "set before the newest 30 changes of the file";
  const { push, author, committer } = commit;
  const pusher = push?.pushedBy?.displayName;
  const who = pusher ?? (author === undefined ? "somebody" : `${author.name}, as the commit says,`);
  const at = push?.date ?? committer?.date;
  return `set by ${who}${at === undefined ? "" : ` ${agoText(at, now)}`}`;
}
