import type { Build, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";

/** An open pull request of run 101 to prod. */
export const aPullRequest: PullRequest = {
  pullRequestId: 7,
  title: "Deploy shop to prod",
  status: "active",
  createdBy: { id: "build", displayName: "shop Build Service" },
  creationDate: "2026-11-23T11:00:00Z",
  sourceRefName: "refs/heads/fluxgate/shop/prod/101",
  targetRefName: "refs/heads/main",
  mergeStatus: "succeeded",
  repository: { id: "r", name: "shop-manifests", project: { id: "p", name: "shop" } },
};

/** Its run, in progress. */
export const aBuild: Build = {
  id: 101,
  buildNumber: "20261123.1",
  status: "inProgress",
  definition: { id: 1, name: "shop-cd" },
  project: { id: "p", name: "shop" },
  sourceBranch: "refs/heads/main",
  sourceVersion: "0123456789012345678901234567890123456789",
};

const ids = "j=11111111-1111-5111-8111-111111111111&t=22222222-2222-5222-8222-222222222222";

/** The letter of its wait. */
export const aLetter: CommitStatus = {
  id: 1,
  state: "pending",
  context: { genre: "fluxgate", name: "wait/shop/prod" },
  targetUrl: `https://dev.azure.com/fabrikam/p/_build/results?buildId=101&view=logs&${ids}`,
  creationDate: "2026-11-23T11:30:00Z",
};
