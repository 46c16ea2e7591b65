import assert from "node:assert/strict";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { deploymentView } from "../../hub/view/deployment-view.ts";
import { aPullRequest } from "./a-pull-request.ts";

const done: CommitStatus = {
  id: 1,
  state: "succeeded",
  ...{ creationDate: "2026-11-23T11:00:00Z", description: "healthy" },
  context: { genre: "fluxgate", name: "shop/prod" },
  createdBy: { id: "c", displayName: "Connector" },
};
const look = (more: object) =>
  deploymentView({
    pullRequest: { ...aPullRequest, status: "completed" },
    target: { delivery: "shop", environment: "prod" },
    ...{ deployment: [done], reportersRead: true },
    ...more,
  });

describe("how far a merge has come", () => {
  it("is what the connector says", () => {
    assert.deepEqual(look({}), { tone: "good", text: "healthy" });
    assert.match(look({ deployment: [] })?.text ?? "", /^No word yet/);
  });

  it("is not confirmed while it cannot be read who reports", () => {
    const { tone, text } = look({ reportersRead: false }) ?? assert.fail();
    assert.equal(tone, "warning");
    assert.match(text, /unconfirmed/);
  });
});
