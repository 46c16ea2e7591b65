import assert from "node:assert/strict";
import { historyCommand } from "../../cli/history.ts";
import type { HistoryEntry } from "../../core/history/history.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { eventually } from "../support/eventually.ts";

const git = "shop/_apis/git/repositories/manifests";

describe("fluxgate history", () => {
  let sandbox: Sandbox;
  let merge: string;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "prod/a.yaml": "a: 1\n" } }]);
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    const developer = restOf(sandbox, "developer");
    const approver = restOf(sandbox, "approver");
    await gitPush(url, { files: { "dev/a.yaml": "a: 1\n" }, message: "Of another environment" });
    type Refs = { readonly value: readonly { readonly objectId: string }[] };
    const [{ objectId: newObjectId } = { objectId: "" }] = (
      await developer.get<Refs>(`${git}/refs?filter=heads/main`)
    ).value;
    const name = "refs/heads/change";
    await developer.send("POST", `${git}/refs`, [
      { name, oldObjectId: "0".repeat(40), newObjectId },
    ]);
    const trailers = [
      "Fluxgate-Source: shop@0123456789abcdef0123456789abcdef01234567",
      `Fluxgate-Run: ${sandbox.organisationUrl}/shop/_build/results?buildId=4711`,
      "Fluxgate-Environment: shop/prod",
    ];
    const message = ["Deploy shop", "", ...trailers].join("\n");
    await gitPush(url, { branch: "change", files: { "prod/a.yaml": "a: 2\n" }, message });
    type Made = {
      readonly pullRequestId: number;
      readonly status: string;
      readonly lastMergeSourceCommit: object;
      readonly lastMergeCommit: { readonly commitId: string };
    };
    const made = await developer.send<Made>("POST", `${git}/pullrequests`, {
      ...{ sourceRefName: name, targetRefName: "refs/heads/main" },
      ...{ title: "=Deploy", description: "" },
    });
    const at = `${git}/pullrequests/${made.pullRequestId}`;
    type Me = { readonly authenticatedUser: { readonly id: string } };
    const { authenticatedUser } = await approver.get<Me>("_apis/connectionData");
    await approver.send("PUT", `${at}/reviewers/${authenticatedUser.id}`, { vote: 10 });
    const { lastMergeSourceCommit } = await approver.get<Made>(at);
    await approver.send("PATCH", at, {
      ...{ status: "completed", lastMergeSourceCommit },
      completionOptions: { mergeStrategy: "squash", mergeCommitMessage: "=Deploy" },
    });
    merge = await eventually("the merge", async () => {
      const now = await approver.get<Made>(at);
      return now.status === "completed" ? now.lastMergeCommit.commitId : undefined;
    });
    for (const [who, state] of [
      ["connector", "succeeded"],
      ["developer", "failed"],
    ] as const) {
      const context = { genre: "fluxgate", name: "prod" };
      const path = `${git}/commits/${merge}/statuses`;
      await restOf(sandbox, who).send("POST", path, { state, context, description: "x" });
    }
  });
  after(() => sandbox.close());
  afterEach(() => delete process.env["FLUXGATE_TOKEN"]);

  async function history(...more: readonly string[]) {
    process.env["FLUXGATE_TOKEN"] = "sandbox-reader";
    const [out, err]: [string[], string[]] = [[], []];
    const where = ["--organisation", sandbox.organisationUrl, "--project", "shop"];
    const args = [...where, "--repository", "manifests", "--environment", "prod", ...more];
    const code = await historyCommand.run(args, {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
    });
    return { code, out, err: err.join("\n") };
  }

  it("says who, what, when and approved by whom, and what it could not read", async () => {
    type Me = { readonly authenticatedUser: { readonly id: string } };
    const me = await restOf(sandbox, "connector").get<Me>("_apis/connectionData");
    const reporter = ["--reporter", me.authenticatedUser.id];
    const { code, out, err } = await history("--format", "json", ...reporter);
    const entries = JSON.parse(out.join("\n")) as readonly HistoryEntry[];
    const [first] = entries;
    assert.equal(entries.length, 2, "the commit of dev is none of prod");
    assert.equal(first?.commit, merge);
    assert.ok(Date.parse(first.when) > 0);
    assert.deepEqual(first.deliveries, ["shop"]);
    assert.match(first.code ?? "", /^shop@0123/);
    assert.match(first.run ?? "", /buildId=4711$/);
    // What the commit says of its run anybody can write: by the service it was a developer's.
    assert.equal(first.broughtBy, "Dana Developer");
    assert.deepEqual(first.approvedBy, ["Ari Approver"]);
    assert.equal(first.completedBy, "Ari Approver");
    assert.match(first.pullRequest ?? "", /pullrequest\/1$/);
    // A developer's status of that name is no result.
    assert.deepEqual([first.result, first.resultBy], ["succeeded", "Fluxgate connector"]);
    // Runs are cleaned up, or not to be seen: said, and nobody else's name stands there as the runner.
    assert.match(first.notRead.join(), /^run: /);
    assert.equal(code, 3);
    assert.match(err, /Of 1 entries something could not be read/);
  });

  it("says whose a result is where no reporter is named", async () => {
    const { out } = await history("--format", "json", "--top", "1");
    const [first] = JSON.parse(out.join("\n")) as readonly HistoryEntry[];
    assert.deepEqual([first?.result, first?.resultBy], ["failed", "Dana Developer"]);
  });

  it("writes CSV without formulas", async () => {
    const { out } = await history("--top", "1");
    assert.equal(out.length, 2);
    assert.match(out[1] ?? "", new RegExp(`^${merge},[^,]+,"?'=Deploy`));
  });

  it("asks for what is missing", async () => {
    const { code, err } = await history("--format", "xml");
    assert.equal(code, 2);
    assert.match(err, /knows no format xml/);
    for (const day of ["5", "yesterday", "2026-02-31", "01/02/2026"])
      assert.match((await history("--since", day)).err, /takes --since as a day/, day);
  });
});
