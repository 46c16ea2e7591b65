import assert from "node:assert/strict";
import {
  lettersOnBranches,
  openLetters,
  readRunBranches,
} from "../../connector/reconcilers/open-letters.ts";
import { taskLogUrl } from "../../core/azure-devops/urls.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../support/sandbox.ts";
import { updateRef } from "../../clients/azure-devops/refs.ts";
import { aConnector } from "./a-connector.ts";

const task = {
  organisationUrl: "https://dev.azure.com/fabrikam",
  project: "590cfd2a-0000-4000-8000-000000000001",
  build: 42,
  job: "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
  task: "af08acd5-c28a-5b03-f5a9-06f9a40627bb",
};
const other = { ...task, build: 43 };
const me = "c";
const connector = { id: me, displayName: "Connector" };
const build = { id: "b", displayName: "Build" };
const person = { id: "p", displayName: "Dana" };

describe("open letters", () => {
  it("are the pending ones that nothing closed", () => {
    const all = [
      letter(1, {}),
      letter(2, { targetUrl: taskLogUrl(other) }),
      letter(3, { state: "succeeded" }),
      letter(4, { name: "wait/shop/prod" }),
    ];
    assert.deepEqual(ids(all), [2, 4]);
  });

  it("are closed by what comes later under their name and address, by nothing else", () => {
    assert.deepEqual(ids([letter(1, { state: "failed" }), letter(2, {})]), [2]);
    assert.deepEqual(
      ids([letter(1, {}), letter(2, { state: "failed", targetUrl: taskLogUrl(other) })]),
      [1],
    );
    assert.deepEqual(ids([letter(1, {}), letter(2, { state: "error", name: "shop/dev" })]), [1]);
  });

  it("are closed by the connector only: anyone may post under their name", () => {
    assert.deepEqual(ids([letter(1, {}), letter(2, { state: "succeeded", by: person })]), [1]);
    assert.deepEqual(ids([letter(1, {}), letter(2, { state: "succeeded", by: build })]), [1]);
  });

  it("are not hidden by what somebody else posts under their name and address", () => {
    assert.deepEqual(ids([letter(2, { by: person }), letter(1, {})]), [2, 1]);
  });

  it("count once, however often they were posted", () => {
    assert.deepEqual(ids([letter(1, {}), letter(2, {}), letter(3, {})]), [1]);
  });

  it("are nothing that names no environment or no task", () => {
    assert.deepEqual(
      ids([
        letter(1, { name: "wait/shop" }),
        letter(2, { name: "wait/shop/../prod" }),
        letter(3, { name: "shop/dev" }),
        letter(4, { targetUrl: "https://dev.azure.com/fabrikam/shop/_build/results?buildId=42" }),
        letter(5, { targetUrl: "javascript:alert(1)" }),
      ]),
      [],
    );
  });

  describe("on the runs' branches", () => {
    let sandbox: Sandbox;
    before(async () => {
      sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "" } }]);
    });
    after(() => sandbox.close());

    it("are found by one call, on those branches only", async () => {
      const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
      const commit = await gitPush(url, { files: { "dev/a.yaml": "a: 1\n" } });
      const { connector, repository } = await aConnector(sandbox, {
        ...{ mode: "full", repository: "manifests" },
      });
      await restOf(sandbox, "build").send(
        "POST",
        `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`,
        letter(0, {}),
      );
      const onBranches = async () =>
        lettersOnBranches(connector, await readRunBranches(connector.ado, repository));
      assert.deepEqual(await onBranches(), []);
      await updateRef(clientOf(sandbox, "build"), {
        repo: repository.ref,
        name: "refs/heads/fluxgate/shop/dev/42",
        oldObjectId: "0".repeat(40),
        newObjectId: commit,
      });
      const [open, ...rest] = await onBranches();
      assert.deepEqual(rest, []);
      assert.equal(open?.carrier, commit);
      assert.deepEqual(open.letter, {
        ...{ delivery: "shop", environment: "dev", timeoutInMinutes: 60, task },
      });
    });
  });
});

function letter(
  id: number,
  of: {
    readonly state?: CommitStatus["state"];
    readonly name?: string;
    readonly targetUrl?: string;
    readonly by?: CommitStatus["createdBy"];
  },
): CommitStatus {
  const { state = "pending", name = "wait/shop/dev", targetUrl = taskLogUrl(task) } = of;
  const { by = state === "pending" ? build : connector } = of;
  return {
    ...{ id, state, targetUrl, description: "timeoutInMinutes: 60" },
    context: { genre: "fluxgate", name },
    createdBy: by,
    creationDate: "2026-01-01T00:00:00Z",
  };
}

function ids(statuses: readonly CommitStatus[]): readonly number[] {
  return openLetters({ me }, "c".repeat(40), statuses).map(({ status }) => status.id);
}
