import assert from "node:assert/strict";
import type { PolicyEvaluation } from "../../clients/azure-devops/policy-evaluations.ts";
import type { Policies, TargetBranch } from "../../hub/data/load-policies.ts";
import { decisionView } from "../../hub/view/decision-view.ts";
import { aPullRequest } from "./a-pull-request.ts";

const me = { id: "ari", name: "Ari" };
const ada = { id: "ada", displayName: "Ada" };
const free: Policies & TargetBranch = {
  unmet: [],
  strategies: ["noFastForward", "squash", "rebaseMerge", "rebase"],
  lock: { state: "free" },
};
const look = (
  policies: Partial<Policies & TargetBranch> | undefined,
  change: object = {},
  isStale = false,
) =>
  decisionView(
    {
      ...{ me, rejection: undefined, abandonedBy: undefined, hasBranch: true },
      ...{ voteRecords: new Map(), digest: `1-${"a".repeat(32)}` },
      rights: { decide: true, complete: true },
      policies: policies && { ...free, ...policies },
      branch: policies && { ...free, ...policies },
      pullRequest: { ...aPullRequest, ...change },
      isStale,
    },
    0,
  ).actions;

function unmet(id: string, settings: object, status: PolicyEvaluation["status"] = "queued") {
  const type = { id, displayName: "A policy" };
  const configuration = { id: 1, isEnabled: true, isBlocking: true, type, settings };
  return { status, configuration } as PolicyEvaluation;
}
const reviewers = (settings: object) =>
  unmet("fa4e907d-c16b-4a4c-9dfa-4906e5d171dd", { minimumApproverCount: 2, ...settings });

describe("what stands between a pull request and its completion", () => {
  it("is said before the click, policy by policy, in words", () => {
    const actions = look({
      unmet: [
        reviewers({ creatorVoteCounts: false, blockLastPusherVote: true }),
        unmet("cbdc66da-9728-4af8-aada-9a5a32e4a226", {
          statusGenre: "fluxgate",
          statusName: "four-eyes",
        }),
        unmet("0609b952-1397-4640-95ec-e00a01b2c241", { displayName: "validate" }, "rejected"),
        unmet("00000000-0000-0000-0000-000000000000", {}),
      ],
    });
    assert.equal(
      actions?.cannotComplete,
      "Before it can be completed, policies want: 2 approvals (its creator's does not count, " +
        "nor that of who pushed last); status fluxgate/four-eyes; build validate has not passed; " +
        "A policy.",
    );
  });

  it("is said with the reason that a status gives, the newest of its name", () => {
    const four = unmet("cbdc66da-9728-4af8-aada-9a5a32e4a226", {
      ...{ statusGenre: "fluxgate", statusName: "four-eyes" },
    });
    const said = (name: string, description: string) => ({
      ...({ id: 1, state: "pending", description, creationDate: "2026-11-23T11:00:00Z" } as const),
      context: { genre: "fluxgate", name },
    });
    const actions = look({
      unmet: [four],
      said: [
        said("freeze/prod", "frozen"),
        said("four-eyes", "nobody but its author approved"),
        said("four-eyes", "older"),
      ],
    });
    assert.match(
      actions?.cannotComplete ?? "",
      /status fluxgate\/four-eyes \(“nobody but its author approved”\)\.$/,
    );
  });

  it("can be left to Azure DevOps where only policies stand against it", () => {
    assert.equal(look({ unmet: [reviewers({})] })?.mayCompleteItself, true);
    assert.equal(look({ unmet: [] })?.mayCompleteItself, false);
    const set = look({ unmet: [reviewers({})] }, { autoCompleteSetBy: ada });
    assert.equal(set?.mayCompleteItself, false);
    assert.match(
      set?.completesItself ?? "",
      /^Auto-complete is set by Ada: once its policies are met, Azure DevOps merges what its branch and main hold then\.$/,
    );
    const draft = look({ unmet: [reviewers({})] }, { autoCompleteSetBy: ada, isDraft: true });
    assert.match(
      draft?.completesItself ?? "",
      /^Auto-complete is set by Ada: it completes nothing/,
    );
    const conflict = look({ unmet: [reviewers({})] }, { mergeStatus: "conflicts" });
    assert.equal(conflict?.mayCompleteItself, false);
    assert.match(conflict?.cannotComplete ?? "", /conflicts/);
  });

  it("is left to nobody where its target has moved from what is shown", () => {
    const moved = look({ unmet: [reviewers({})] }, {}, true);
    assert.equal(moved?.mayCompleteItself, false);
    assert.match(moved?.cannotComplete ?? "", /policies want: .* Its target branch has moved/);
    const set = look({ unmet: [reviewers({})] }, { autoCompleteSetBy: ada }, true);
    assert.match(set?.completesItself ?? "", /hold then, which may not be what is shown\.$/);
  });

  it("is a lock of the branch, with who locked it", () => {
    assert.match(
      look({ lock: { state: "locked", by: "Dana" } })?.cannotComplete ?? "",
      /^main is locked by Dana/,
    );
  });

  it("says what could not be read instead of taking it for allowed", () => {
    const unread = { unmet: undefined, strategies: undefined, lock: { state: "unknown" } } as const;
    assert.equal(
      look(unread)?.unread,
      "Not known here: which policies are not met, whether main is locked, which ways to merge main takes. Azure DevOps says it at the click.",
    );
    assert.equal(look({})?.unread, undefined);
  });

  it("takes the one way to merge that is allowed, whatever the pull request asks for", () => {
    const asked = { completionOptions: { mergeStrategy: "noFastForward" } };
    const actions = look({ strategies: ["squash"] }, asked);
    assert.equal(actions?.strategy, "squash");
    assert.deepEqual(actions?.strategies, []);
  });

  it("offers a choice where several ways are allowed, the pull request's own first", () => {
    const asked = { completionOptions: { mergeStrategy: "rebase" } };
    const actions = look({ strategies: ["squash", "rebase"] }, asked);
    assert.deepEqual(actions?.strategies, ["squash", "rebase"]);
    assert.equal(actions?.strategy, "rebase");
  });

  it("is that policies contradict one another", () => {
    assert.match(look({ strategies: [] })?.cannotComplete ?? "", /allow no way to merge/);
  });

  it("leaves the click to tell where the policies cannot be read", () => {
    for (const policies of [undefined, { unmet: undefined, strategies: undefined }]) {
      const actions = look(policies);
      assert.equal(actions?.cannotComplete, undefined);
      assert.equal(actions?.strategy, undefined);
    }
  });
});
