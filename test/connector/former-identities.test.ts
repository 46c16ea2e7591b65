import assert from "node:assert/strict";
import { latestOwn } from "../../connector/baseline.ts";
import { openLetters } from "../../connector/reconcilers/open-letters.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { taskLogUrl } from "../../core/azure-devops/urls.ts";

const by = (id: string) => ({ id, displayName: id });
const status = (more: Partial<CommitStatus>): CommitStatus =>
  ({
    id: 1,
    state: "succeeded",
    context: { genre: "fluxgate", name: "shop/dev" },
    createdBy: by("old"),
    ...more,
  }) as CommitStatus;

describe("identities that the connector had before", () => {
  it("keep its baselines: their statuses are its own, a stranger's are not", () => {
    const said = [status({})];
    assert.equal(latestOwn({ me: "new", former: ["old"] }, said, "shop/dev")?.state, "succeeded");
    assert.equal(latestOwn({ me: "new" }, said, "shop/dev"), undefined);
    assert.equal(latestOwn({ me: "new", former: ["other"] }, said, "shop/dev"), undefined);
  });

  it("have closed the letters that they closed", () => {
    const guid = "6a6b8f5e-0a51-4f0c-9a53-7d3f0c7c1a01";
    const organisationUrl = "https://dev.azure.com/fabrikam";
    const targetUrl = taskLogUrl({
      ...{ organisationUrl, project: guid, build: 7, job: guid, task: guid },
    });
    const context = { genre: "fluxgate", name: "wait/shop/dev" };
    const letter = status({ state: "pending", context, targetUrl, createdBy: by("build") });
    const closed = status({ id: 2, context, targetUrl });
    const open = (reader: { me: string; former?: string[] }) =>
      openLetters(reader, "c", [letter, closed]).length;
    assert.equal(open({ me: "new", former: ["old"] }), 0);
    assert.equal(open({ me: "new" }), 1);
  });
});
