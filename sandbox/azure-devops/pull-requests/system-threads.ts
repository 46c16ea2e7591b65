import type { Identity, Organisation } from "../state.ts";
import type { PullRequest } from "./pull-request.ts";

/** What the service itself writes into a pull request's discussion. */
export function note(
  organisation: Organisation,
  pullRequest: PullRequest,
  what: {
    readonly by: Identity;
    readonly type:
      "VoteUpdate" | "StatusUpdate" | "RefUpdate" | "ReviewersUpdate" | "IsDraftUpdate";
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
    properties: new Map(Object.entries({ CodeReviewThreadType: what.type, ...what.values })),
    comments: [
      {
        id: 1,
        parentId: 0,
        content: what.text,
        author: what.by,
        publishedDate: date,
        lastUpdatedDate: date,
        commentType: "system",
        isDeleted: false,
        likedBy: [],
      },
    ],
  });
}
