// When a cluster had which commit, as far as the connector saw it happen. When it was merged stands
// in git.

/** ISO times; absent: it was not seen when. */
export type Rollout = {
  readonly commit: string;
  /** Flux fetched a revision that contains it. */
  readonly fetchedAt?: string;
  readonly appliedAt?: string;
  readonly healthyAt?: string;
};

export type RolloutLook = {
  readonly commit: string;
  readonly fetched: boolean;
  readonly applied: boolean;
  readonly healthy: boolean;
  /** When Flux stored exactly this commit's files. */
  readonly storedAt?: string;
  /** ISO times of this look, and of the one before it. */
  readonly at: string;
  readonly lastLookAt: string | undefined;
};

const most = 10;
// What happened between two looks is only dated where these were near enough.
const nearMs = 2 * 60_000;

/** The list after one more look. Pure: the same list and look give the same. */
export function nextRollouts(before: readonly Rollout[], look: RolloutLook): readonly Rollout[] {
  const known = before.find(({ commit }) => commit === look.commit);
  const near =
    look.lastLookAt !== undefined && Date.parse(look.at) - Date.parse(look.lastLookAt) <= nearMs;
  const dated = (is: boolean, was: string | undefined) => was ?? (is && near ? look.at : undefined);
  const fetchedAt = known?.fetchedAt ?? look.storedAt ?? dated(look.fetched, undefined);
  const appliedAt = dated(look.applied, known?.appliedAt);
  const healthyAt = dated(look.healthy, known?.healthyAt);
  const next: Rollout = {
    commit: look.commit,
    ...(fetchedAt === undefined ? {} : { fetchedAt }),
    ...(appliedAt === undefined ? {} : { appliedAt }),
    ...(healthyAt === undefined ? {} : { healthyAt }),
  };
  return [next, ...before.filter(({ commit }) => commit !== look.commit)].slice(0, most);
}
