import * as React from "react";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { type BodySource, heldBodies } from "../components/body-source.ts";
import type { Comparer } from "./beside/comparer.ts";
import type { SeenCommits } from "./beside/questions.ts";
import type { Comparison } from "./load-pull-request.ts";
import { useLive } from "./use-live.ts";

/** A validation that starts with the pull request has its charts rendered some minutes later. */
const everyMs = 20_000;

/** A comparison in a worker, and what is shown of it. */
export type CommitChanges = SeenCommits &
  Pick<Comparison, "basis" | "source"> & {
    readonly comparer: Comparer;
    readonly bodies: BodySource;
  };

export type Charts = {
  /** The comparison with what charts render, once a validation has attached it. */
  readonly changes: CommitChanges | undefined;
  /** Whether it is not known yet if there are any: until then nobody sees what a vote would be for. */
  readonly isLooking: boolean;
  /** Why the last look for them failed. */
  readonly error: unknown;
};

export function useCharts(of: {
  readonly plain: CommitChanges | undefined;
  /** Undefined until it is read, and before that nothing is compared. */
  readonly pullRequest: PullRequest | undefined;
  readonly key: string;
  readonly isOver: boolean;
}): Charts {
  const { plain, pullRequest } = of;
  const last = React.useRef<Added | undefined>(undefined);
  const look = async (): Promise<CommitChanges | undefined> => {
    if (plain?.hangsOnCharts !== true || pullRequest === undefined) return undefined;
    const added = last.current?.plain === plain ? last.current : undefined;
    const { id, comparer, source, basis } = plain;
    const asked = { id, pullRequest, source, basis, known: added?.file };
    const found = await comparer.ask("charts", asked);
    if (found === undefined) return added?.changes;
    const bodies = heldBodies(comparer, found.changes.id);
    const changes = { ...plain, ...found.changes, bodies };
    last.current = { plain, file: found.name, changes };
    return changes;
  };
  // Compared anew, after the worker was gone, it is another comparison of the same commits.
  const key = `${of.key} ${plain?.id}`;
  const found = useLive(look, { key, ...(of.isOver ? {} : { everyMs }) });
  const asked = plain?.hangsOnCharts === true;
  const isLooking = asked && found.at === undefined && found.error === undefined;
  return { changes: found.value, isLooking, error: found.error };
}

type Added = {
  readonly plain: CommitChanges;
  readonly file: string;
  readonly changes: CommitChanges;
};
