import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { changeKey } from "../../core/diff/seen-digest.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
import { addAttachedCharts } from "./add-charts.ts";
import { type Changes, compareCommits } from "./compare-commits.ts";

/** What differs between what somebody approved and what is shown now. */
export type Since =
  | {
      readonly state: "known";
      /** Objects that would change otherwise than they did then, or no longer, or only now. */
      readonly changed: number;
      /** From what was approved to what is shown, of those objects alone. */
      readonly difference: Changes["analysis"];
    }
  /** The commits of then are gone, or what they give now is not what was recorded. */
  | { readonly state: "unknown" };

/**
 * Compares anew what was approved, and that with what is shown: whatever else the target branch got
 * meanwhile is left out.
 */
export async function compareSince(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly pullRequest: PullRequest;
    readonly seen: VoteRecord;
    readonly shown: Changes;
  },
): Promise<Since> {
  const { repo, seen, shown } = of;
  const { after } = seen;
  const then = await compareSeen(ado, of).catch(() => undefined);
  if (then === undefined) return { state: "unknown" };
  const [old, now] = [digestsOf(then), digestsOf(shown)];
  const keys = new Set([...old.keys(), ...now.keys()]);
  const changed = new Set([...keys].filter((key) => old.get(key) !== now.get(key)));
  const between = await compareCommits(ado, { repo, before: after, after: shown.after });
  const { objects, risks, ...rest } = between.analysis;
  const found = objects.filter((one) => changed.has(changeKey(one)));
  const known = new Set(found.map(changeKey));
  // What charts render is attached for pairs of commits, not for this one: it stands as it is now.
  const charts = shown.analysis.objects.filter(
    (one) => one.madeBy !== undefined && changed.has(changeKey(one)) && !known.has(changeKey(one)),
  );
  const mine = [...found, ...charts];
  const identities = new Set(mine.map(({ identity }) => identity));
  return {
    state: "known",
    changed: changed.size,
    difference: {
      ...rest,
      objects: mine,
      images: [],
      risks: [...risks, ...(charts.length === 0 ? [] : shown.analysis.risks)].filter(
        ({ identity }) => identities.has(identity),
      ),
    },
  };
}

/** What was seen: with what charts render, where that was there at the vote. */
async function compareSeen(
  ado: AzureDevOps,
  of: Pick<Parameters<typeof compareSince>[1], "repo" | "pullRequest" | "seen">,
): Promise<Changes | undefined> {
  const { repo, pullRequest, seen } = of;
  const { before, after, source, digest } = seen;
  const changes = await compareCommits(ado, { repo, before, after });
  if (changes.digest === digest) return changes;
  const basis = source === after ? "source" : "merge";
  const more = await addAttachedCharts(ado, { changes, pullRequest, source, basis });
  return more?.changes.digest === digest ? more.changes : undefined;
}

function digestsOf({ analysis }: Changes): ReadonlyMap<string, string> {
  return new Map(analysis.objects.map((one) => [changeKey(one), one.digest]));
}
