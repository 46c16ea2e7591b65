import type { PullRequest } from "../../core/azure-devops/types.ts";
import { runBranchOf } from "../../core/run/branch.ts";

export type Subject = { readonly delivery: string; readonly environment: string };

/** What of a repository names deliveries and environments. */
export type Subjects = {
  readonly folders: readonly {
    readonly environment: string;
    readonly deliveries: readonly { readonly delivery: string }[];
  }[];
  readonly pullRequests: readonly Pick<PullRequest, "sourceRefName" | "forkSource">[];
  readonly waits: readonly Subject[];
};

/** The deliveries and environments that a repository has, or is about to have. */
export function subjectsOf({ folders, pullRequests, waits }: Subjects): readonly Subject[] {
  const there = folders.flatMap(({ environment, deliveries }) =>
    deliveries.map(({ delivery }) => ({ delivery, environment })),
  );
  const coming = pullRequests.flatMap((one) => runBranchOf(one) ?? []);
  return [...there, ...coming, ...waits];
}
