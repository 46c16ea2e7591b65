// What is compared is a merge onto the target branch as it was: what the branch got since is said.
import { pathsAt } from "../../core/diff/tree/places.ts";
import type { TargetMove } from "../data/load-target-move.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import type { Read } from "../data/read.ts";
import { count } from "../../core/count.ts";
import { unreadText } from "./unread.ts";

export type MovedView = {
  readonly text: string;
  /** What is shown may not be what the merge would give; undefined: where it is now is not known. */
  readonly isStale: boolean | undefined;
  /** Whether working the merge out anew may help. */
  readonly mayRenew: boolean;
};

const mostNamed = 3;

/**
 * @param places what the comparison hangs on; undefined: not known, so any commit may matter
 * @returns undefined where the target is as it was compared, and where nothing was yet
 */
export function movedView(
  { pullRequest, comparison, move }: Pick<PullRequestFacts, "pullRequest" | "comparison" | "move">,
  places: readonly string[] | undefined,
): MovedView | undefined {
  const branch = pullRequest.targetRefName.replace("refs/heads/", "");
  if (pullRequest.status !== "active") return undefined;
  if ("error" in move) {
    const text = `${unreadText(`Where ${branch} stands now`, move.error)} Whether what is compared is still the newest is not known.`;
    return { text, isStale: undefined, mayRenew: false };
  }
  const isMerge = comparison?.basis !== "source";
  const last = isMerge ? `Compared with ${branch} as it was` : `Merged last onto ${branch}`;
  return movedTo(move.value, { last, places });
}

function movedTo(
  move: TargetMove | undefined,
  of: { readonly last: string; readonly places: readonly string[] | undefined },
): MovedView | undefined {
  const { last, places } = of;
  if (move === undefined || move.state === "same") return undefined;
  const was = `${last} at ${short(move.from)}`;
  if (move.state === "gone") {
    const text = `${was}. It was not found now: it was deleted, or you may not see it.`;
    return { text, isStale: undefined, mayRenew: false };
  }
  const { commits, follows, head, paths } = move;
  const by = commits === undefined ? "" : ` by ${count(commits, "commit")}`;
  const how =
    follows === false
      ? `it was put to ${short(head)} since, which does not follow that commit`
      : `it has moved since${by}, to ${short(head)}`;
  const touched = places === undefined ? paths : pathsAt(places, paths);
  const isStale = follows !== true || places === undefined || touched.length > 0;
  const what = isStale ? changed(touched) : "What changed there is not part of what is compared.";
  return { text: `${was}; ${how}. ${what}`, isStale, mayRenew: true };
}

function changed(paths: readonly string[]): string {
  if (paths.length === 0) return "What is shown may not be what the merge gives.";
  const named = paths.slice(0, mostNamed).join(", ");
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : "";
  return `${named}${more} changed there, so what is shown may not be what the merge gives.`;
}

function short(commit: string): string {
  return commit.slice(0, 8);
}

/** The head that what is shown counts for as well: of a branch that got nothing of what is compared. */
export function comparedTarget(
  move: Read<TargetMove | undefined>,
  moved: MovedView | undefined,
): string | undefined {
  if (!("value" in move) || moved?.isStale !== false) return undefined;
  return move.value?.state === "moved" ? move.value.head : undefined;
}
