import type { Call, Route } from "../route.ts";
import { repositoryOf } from "./git-call.ts";
import { pullRequestJson } from "./pull-request-json.ts";

// Pull Request Query - Get (REST 7.1): the pull requests of given commits.
export const pullRequestQueryRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestQuery",
    id: "b3a6eebe-9cf0-49ea-b6cb-1a4c5f5007b0",
    template: "{project?}/_apis/git/repositories/{repositoryId}/pullRequestQuery",
    methods: { POST: byCommit },
  },
];

function byCommit(call: Call) {
  const repository = repositoryOf(call);
  const { queries } = call.body as { queries: { type: string; items: string[] }[] };
  const results = queries.map(({ type, items }) =>
    Object.fromEntries(
      items
        .map(
          (item) =>
            [
              item,
              repository.pullRequests
                .filter((one) =>
                  type === "lastMergeCommit"
                    ? one.mergeCommit === item
                    : [one.mergeCommit, one.sourceCommit].includes(item),
                )
                .map((one) => pullRequestJson(call.organisation, one, { inList: true })),
            ] as const,
        )
        .filter(([, found]) => found.length > 0),
    ),
  );
  return { json: { queries, results } };
}
