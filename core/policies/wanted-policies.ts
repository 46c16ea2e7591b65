import { freezeStatusName } from "../freeze/freeze-verdict.ts";
import { fourEyesStatusName } from "../run/statuses.ts";
import type { WantedPolicy } from "./policy.ts";

export type Wish = {
  /** Approvals by others than author and last pusher; 0: none asked for. */
  readonly minimum: number;
  /** Id of the build validation's pipeline. */
  readonly validation?: { readonly id: number; readonly name: string };
  /** Id of the connector's identity. */
  readonly connector?: string;
  /** Whether an environment asks for an approval by somebody who has no part in the change. */
  readonly fourEyes?: boolean;
  readonly environments: readonly {
    readonly name: string;
    /** In the repository; empty: all of it. */
    readonly folder: string;
    readonly reviewers: readonly { readonly id: string; readonly name: string }[];
  }[];
};

/**
 * What the branch of a manifests repository should have. The number of reviewers is a policy of the
 * branch, whatever a pull request changes; what differs from environment to environment goes by
 * folder.
 */
export function wantedPolicies(wish: Wish): readonly WantedPolicy[] {
  const { minimum, validation, environments } = wish;
  return [
    ...(minimum > 0 ? [approvalsOf(minimum)] : []),
    ...(validation ? [buildOf(validation), statusOf("manifests", undefined, undefined)] : []),
    // Of the whole branch: one that only changes environments which do not ask succeeds at once.
    ...(wish.fourEyes ? [statusOf(fourEyesStatusName, wish.connector, undefined)] : []),
    ...environments.flatMap(({ name, folder, reviewers }) => [
      ...(reviewers.length > 0 ? [requiredOf({ name, folder, reviewers })] : []),
      statusOf(freezeStatusName(name), wish.connector, folder),
    ]),
  ];
}

// A vote counts for what it saw: a push takes it away.
function approvalsOf(minimumApproverCount: number): WantedPolicy {
  return {
    kind: "minimumReviewers",
    title: `four eyes: ${minimumApproverCount} approval(s) by others than author and last pusher`,
    settings: {
      ...{ minimumApproverCount, creatorVoteCounts: false, allowDownvotes: false },
      resetOnSourcePush: true,
      blockLastPusherVote: true,
    },
  };
}

function buildOf({ id, name }: { readonly id: number; readonly name: string }): WantedPolicy {
  return {
    kind: "build",
    title: `build validation by pipeline ${name}`,
    settings: {
      ...{ buildDefinitionId: id, displayName: name, queueOnSourceUpdateOnly: false },
      // Minutes; 0: as soon as the target moves.
      manualQueueOnly: false,
      validDuration: 0,
    },
  };
}

function statusOf(name: string, author: string | undefined, folder: string | undefined) {
  const by = author === undefined ? "" : ", by one identity";
  const filter = folder === undefined ? [] : patternsOf(folder);
  return {
    kind: "status",
    title: `status fluxgate/${name}${by}${filter.length > 0 ? ` for ${filter.join(", ")}` : ""}`,
    settings: {
      ...{ statusGenre: "fluxgate", statusName: name, defaultDisplayName: `fluxgate/${name}` },
      // A freeze is judged by the clock, not by what was pushed.
      invalidateOnSourceUpdate: folder === undefined,
      ...(author === undefined ? {} : { authorId: author }),
      ...(filter.length > 0 ? { filenamePatterns: filter } : {}),
    },
  } as const satisfies WantedPolicy;
}

function requiredOf({ name, folder, reviewers }: Wish["environments"][number]): WantedPolicy {
  const filter = patternsOf(folder);
  const who = reviewers.map((one) => one.name).join(", ");
  return {
    kind: "requiredReviewers",
    title: `required reviewers ${who} for ${name} (${filter[0] ?? "everything"})`,
    settings: {
      requiredReviewerIds: reviewers.map(({ id }) => id),
      minimumApproverCount: 1,
      creatorVoteCounts: false,
      message: `${name} is reviewed by ${who}`,
      ...(filter.length > 0 ? { filenamePatterns: filter } : {}),
    },
  };
}

function patternsOf(folder: string): readonly string[] {
  return folder === "" ? [] : [`/${folder}/*`];
}
