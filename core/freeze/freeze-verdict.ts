// What a frozen environment's status says of one pull request, and whether somebody broke the glass.
import type { IdentityRef } from "../azure-devops/types.ts";
import { freezeText, holdsBack, type FreezeState } from "./freeze.ts";

export type Comment = {
  readonly text: string;
  readonly author: IdentityRef;
  /** The service's own time. */
  readonly publishedDate: string;
};

export type BreakGlass = {
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly reason: string;
};

export type FreezeFacts = {
  readonly environment: string;
  readonly state: FreezeState;
  /** When the pull request was pushed to last; a word of before is about other content. */
  readonly pushedAt: string;
  readonly comments: readonly Comment[];
  /** Members of the exempt team; undefined where they could not be read. */
  readonly exempt: readonly IdentityRef[] | undefined;
};

export type FreezeVerdict = {
  readonly state: "succeeded" | "failed";
  readonly text: string;
  readonly broken?: BreakGlass;
};

/** Freezes' status name of an environment, of genre `fluxgate`: what a policy names. */
export function freezeStatusName(environment: string): string {
  return `freeze/${environment}`;
}

/** `break-glass: the shop is down`, at the beginning of a comment. */
function breakGlassReason(text: string): string | undefined {
  const reason = /^\s*break-glass:\s*(\S[^]*)$/i.exec(text)?.[1];
  return reason?.replaceAll(/\s+/g, " ").trim().slice(0, 500);
}

/** Comments that ask to break the glass since the last push, oldest first. */
export function requestsIn({ comments, pushedAt }: Pick<FreezeFacts, "comments" | "pushedAt">) {
  return comments.flatMap((comment) => {
    const reason = breakGlassReason(comment.text);
    const isLater = Date.parse(comment.publishedDate) >= Date.parse(pushedAt);
    return reason === undefined || !isLater ? [] : [{ ...comment, reason }];
  });
}

export function judgePullRequest(facts: FreezeFacts): FreezeVerdict {
  const { environment, state, exempt } = facts;
  const text = freezeText(state, environment);
  if (!holdsBack(state))
    return { state: "succeeded", text: text ?? `${environment} is not frozen` };
  const held = text ?? "";
  const team = "freeze" in state ? state.freeze.exempt : undefined;
  const requests = requestsIn(facts);
  const [last] = requests.slice(-1);
  if (team === undefined) {
    return { state: "failed", text: last ? `${held}. No team may break the glass` : held };
  }
  const how = `A member of ${team} lifts it for this one by a comment "break-glass: <why>"`;
  if (last === undefined) return { state: "failed", text: `${held}. ${how}` };
  if (exempt === undefined) {
    const unread = `Who is in ${team} could not be read, so nobody may break the glass`;
    return { state: "failed", text: `${held}. ${unread}` };
  }
  const members = new Set(exempt.map(({ id }) => id.toLowerCase()));
  const valid = requests.find(({ author }) => members.has(author.id.toLowerCase()));
  if (valid === undefined) {
    return { state: "failed", text: `${held}. ${last.author.displayName} is not in ${team}` };
  }
  const { author, publishedDate: at, reason } = valid;
  return {
    state: "succeeded",
    text: `Glass broken by ${author.displayName} of ${team}: ${reason}. Otherwise ${held}`,
    broken: { by: { id: author.id, name: author.displayName }, at, reason },
  };
}

/** Whether a pull request changes what an environment's freeze is about: all but the freeze itself. */
export function touches(folder: string, paths: readonly string[], own: string): boolean {
  const prefix = folder === "" ? "" : `${folder}/`;
  return paths.some((path) => path.startsWith(prefix) && path !== own);
}
