import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { closingStatus, parseLetter, waitContext, waitTaskId } from "../../../core/run/letter.ts";
import type { CommitStatus, NewCommitStatus } from "../../../core/azure-devops/types.ts";

const task = JSON.parse(readFileSync("tasks/WaitForFlux/task.json", "utf8")) as {
  readonly id: string;
  readonly execution: { readonly HttpRequest: { readonly Execute: { readonly Body: string } } };
};
const values: Readonly<Record<string, string>> = {
  "system.CollectionUri": "https://dev.azure.com/fabrikam/",
  "system.TeamProjectId": "590cfd2a-0000-4000-8000-000000000001",
  "build.buildId": "42",
  "system.JobId": "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
  "system.TaskInstanceId": "af08acd5-c28a-5b03-f5a9-06f9a40627bb",
  delivery: "shop",
  environment: "dev",
  timeoutInMinutes: "4320",
};
const posted = JSON.parse(
  task.execution.HttpRequest.Execute.Body.replaceAll(
    /\$\(([^)]+)\)/g,
    (_, name: string) => values[name] ?? "?",
  ),
) as NewCommitStatus;

describe("the letter of WaitForFlux", () => {
  it("is read as the task writes it", () => {
    assert.deepEqual(parseLetter(posted), {
      delivery: "shop",
      environment: "dev",
      timeoutInMinutes: 4320,
      task: {
        organisationUrl: "https://dev.azure.com/fabrikam",
        project: "590cfd2a-0000-4000-8000-000000000001",
        build: 42,
        job: "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
        task: "af08acd5-c28a-5b03-f5a9-06f9a40627bb",
      },
    });
    assert.deepEqual(posted.context, waitContext({ delivery: "shop", environment: "dev" }));
    assert.equal(posted.state, "pending");
    assert.equal(task.id, waitTaskId);
  });

  const others: readonly (readonly [string, Partial<CommitStatus>])[] = [
    ["of another genre", { context: { genre: "other", name: "wait/shop/dev" } }],
    ["of another name", { context: { genre: "fluxgate", name: "dev" } }],
    ["with a part too many", { context: { genre: "fluxgate", name: "wait/shop/dev/x" } }],
    ["with a name that is a path", { context: { genre: "fluxgate", name: "wait/../dev" } }],
    ["without an address", { targetUrl: "https://dev.azure.com/fabrikam" }],
  ];
  for (const [what, change] of others) {
    it(`is not a status ${what}`, () => {
      assert.equal(parseLetter({ ...posted, ...change }), undefined);
    });
  }

  it("can do without the maximum of its wait, and cannot ask for more than 72 hours", () => {
    assert.equal(parseLetter({ ...posted, description: "" })?.timeoutInMinutes, undefined);
    const long = { ...posted, description: "timeoutInMinutes: 99999" };
    assert.equal(parseLetter(long)?.timeoutInMinutes, 4320);
  });

  it("is closed by a status that repeats its context and address", () => {
    const closed = closingStatus(posted, { state: "succeeded", description: "Deployed" });
    assert.deepEqual(closed, {
      context: posted.context,
      targetUrl: posted.targetUrl,
      state: "succeeded",
      description: "Deployed",
    });
  });
});
