import assert from "node:assert/strict";
import type { CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { historyRows } from "../../hub/view/history-view.ts";
import { aPullRequest } from "./a-pull-request.ts";

const commitId = "0123456789012345678901234567890123456789";
const here = { organisationUrl: "https://dev.azure.com/fabrikam", now: 0 };
const at = { repo: { project: "p", repository: "r" }, commit: commitId, path: "prod" };

function row(of: { readonly reportsRead?: boolean; readonly merged?: PullRequest }) {
  const { reportsRead = true, merged } = of;
  const status: CommitStatus = {
    id: 1,
    state: "succeeded",
    description: "healthy",
    context: { genre: "fluxgate", name: "prod" },
    creationDate: "2026-11-23T12:00:00Z",
    createdBy: { id: "somebody", displayName: "Somebody" },
  };
  const extension = { publisher: "fluxgate", name: "fluxgate" };
  const [first] = historyRows([{ commitId, comment: "Deploy", statuses: { value: [status] } }], {
    ...{ facts: { repositories: [], reportsRead }, environment: "prod", at },
    here: { ...here, extension },
    merged: merged === undefined ? new Map() : new Map([[commitId, merged]]),
  });
  return first ?? assert.fail("there is no row");
}

describe("a row of an environment's history", () => {
  it("names the pull request that was merged as it, and who approved it", () => {
    const voted = (displayName: string, vote: number) => ({ id: displayName, displayName, vote });
    const reviewers = [voted("Ari", 10), voted("Bo", 0), voted("Cy", 5), voted("Di", -10)];
    const seen = row({ merged: { ...aPullRequest, status: "completed", reviewers } });
    assert.equal(seen.approved, "approved by Ari, Cy");
    assert.equal(seen.pullRequest?.text, "!7");
  });

  it("says which approvals stand, of groups those of their members, and nothing it was not told", () => {
    const group = { id: "g", displayName: "Approvers", vote: 10, isContainer: true };
    const approved = (reviewers: PullRequest["reviewers"]) =>
      row({ merged: { ...aPullRequest, ...(reviewers && { reviewers }) } }).approved;
    assert.equal(approved([{ id: "a", displayName: "Ari", vote: 0 }]), "no approval stands");
    assert.equal(approved([group, { id: "a", displayName: "Ari", vote: 10 }]), "approved by Ari");
    assert.equal(approved([group]), "approved by Approvers");
    assert.equal(approved(undefined), "");
    assert.equal(row({}).approved, "");
  });

  it("is green by a status only where it is known whose statuses count", () => {
    assert.equal(row({}).tone, "good");
    const { tone, verdict } = row({ reportsRead: false });
    assert.deepEqual([tone, verdict], ["warning", "unconfirmed: healthy"]);
  });
});
