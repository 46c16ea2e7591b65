import { serviceIdentity } from "../identities.ts";
import type { Identity } from "../identity.ts";
import type { Host } from "../host.ts";
import type { PullRequest } from "./pull-request.ts";

// Which property points to the one who did it: UNVERIFIED (docs/unverified.md, S5).
const doneBy = {
  VoteUpdate: "CodeReviewVotedByIdentity",
  StatusUpdate: "CodeReviewStatusUpdatedByIdentity",
  RefUpdate: "CodeReviewRefUpdatedByIdentity",
  ReviewersUpdate: "CodeReviewReviewersUpdatedByIdentity",
  IsDraftUpdate: "CodeReviewIsDraftUpdatedByIdentity",
} as const;

/** What the service itself writes into a pull request's discussion. */
export function note(
  organisation: Host,
  pullRequest: PullRequest,
  what: {
    readonly by: Identity;
    readonly type: keyof typeof doneBy;
    readonly text: string;
    readonly values?: Readonly<Record<string, string>>;
  },
): void {
  const date = organisation.clock.now().toISOString();
  pullRequest.threads.push({
    id: (organisation.counters.next += 1),
    status: undefined,
    publishedDate: date,
    lastUpdatedDate: date,
    context: null,
    properties: new Map(
      Object.entries({
        CodeReviewThreadType: what.type,
        [doneBy[what.type]]: "1",
        ...what.values,
      }),
    ),
    identities: [what.by],
    comments: [
      {
        id: 1,
        parentId: 0,
        content: what.text,
        author: serviceIdentity,
        publishedDate: date,
        lastUpdatedDate: date,
        commentType: "system",
        isDeleted: false,
        likedBy: [],
      },
    ],
  });
}
