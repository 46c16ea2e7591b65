import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { changeKey } from "../../core/diff/seen-digest.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
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
  of: { readonly repo: RepositoryRef; readonly seen: VoteRecord; readonly shown: Changes },
): Promise<Since> {
  const { repo, seen, shown } = of;
  const { before, after } = seen;
  const then = await compareCommits(ado, { repo, before, after }).catch(() => undefined);
  if (then?.digest !== seen.digest) return { state: "unknown" };
  const [old, now] = [digestsOf(then), digestsOf(shown)];
  const keys = new Set([...old.keys(), ...now.keys()]);
  const changed = new Set([...keys].filter((key) => old.get(key) !== now.get(key)));
  const between = await compareCommits(ado, { repo, before: after, after: shown.after });
  const { objects, risks, ...rest } = between.analysis;
  const mine = objects.filter((one) => changed.has(changeKey(one)));
  const identities = new Set(mine.map(({ identity }) => identity));
  return {
    state: "known",
    changed: changed.size,
    difference: {
      ...rest,
      objects: mine,
      images: [],
      risks: risks.filter(({ identity }) => identities.has(identity)),
    },
  };
}

function digestsOf({ analysis }: Changes): ReadonlyMap<string, string> {
  return new Map(analysis.objects.map((one) => [changeKey(one), one.digest]));
}
