// The vendor's own clients, unmodified: for Node and for extensions in browsers.
import assert from "node:assert/strict";
import { getPersonalAccessTokenHandler, WebApi } from "azure-devops-node-api";
import {
  GitStatusState,
  PullRequestAsyncStatus,
  PullRequestStatus,
  VersionControlChangeType,
  VersionControlRecursionType,
} from "azure-devops-node-api/interfaces/GitInterfaces.js";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { eventually } from "../../support/eventually.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";

const zeros = "0".repeat(40);

describe("the vendor's clients", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([
      { name: "shop", files: { "dev/app.yaml": "a: 1\n" }, minimumApprovers: 1 },
    ]);
  });
  after(async () => {
    assert.deepEqual(sandbox.unhandled(), []);
    await sandbox.close();
  });

  describe("for Node", () => {
    const connect = () =>
      new WebApi(sandbox.organisationUrl, getPersonalAccessTokenHandler("sandbox-developer"));

    it("connects, and finds project, team and repository", async () => {
      const client = connect();
      const { authenticatedUser } = await client.connect();
      assert.equal(authenticatedUser?.providerDisplayName, "Dana Developer");
      const core = await client.getCoreApi();
      assert.equal((await core.getProject("shop")).name, "shop");
      assert.equal((await core.getTeams("shop"))[0]?.name, "shop Team");
      const git = await client.getGitApi();
      assert.deepEqual(
        (await git.getRepositories("shop")).map(({ name }) => name),
        ["shop"],
      );
      assert.equal(await git.getRepository("absent", "shop"), null);
    });

    it("pushes a change, opens a pull request and reads what it is", async () => {
      const git = await connect().getGitApi();
      const [main] = await git.getRefs("shop", "shop", "heads/main");
      const oldObjectId = main?.objectId ?? "";
      await git.createPush(
        {
          refUpdates: [{ name: "refs/heads/change", oldObjectId }],
          commits: [
            {
              comment: "Change",
              changes: [
                {
                  changeType: VersionControlChangeType.Edit,
                  item: { path: "/dev/app.yaml" },
                  newContent: { content: btoa("a: 2\n"), contentType: 1 },
                },
              ],
            },
          ],
        },
        "shop",
        "shop",
      );
      const made = await git.createPullRequest(
        {
          sourceRefName: "refs/heads/change",
          targetRefName: "refs/heads/main",
          title: "Change",
        },
        "shop",
        "shop",
      );
      const id = made.pullRequestId ?? 0;
      const seen = await eventually("the merge", async () => {
        const one = await git.getPullRequestById(id);
        return one.mergeStatus === PullRequestAsyncStatus.Succeeded ? one : undefined;
      });
      assert.equal(seen.status, PullRequestStatus.Active);
      assert.equal((await git.getPullRequestIterations("shop", id, "shop")).length, 1);
      const head = seen.lastMergeSourceCommit?.commitId ?? "";
      await git.createCommitStatus(
        { state: GitStatusState.Succeeded, context: { name: "dev", genre: "fluxgate" } },
        head,
        "shop",
        "shop",
      );
      const [status] = await git.getStatuses(head, "shop", "shop");
      assert.equal(status?.state, GitStatusState.Succeeded);
      const items = await git.getItems(
        "shop",
        "shop",
        "/",
        VersionControlRecursionType.Full,
        undefined,
        undefined,
        undefined,
        undefined,
        { version: "change" },
      );
      assert.ok(items.some(({ path }) => path === "/dev/app.yaml"));
      const diff = await git.getCommitDiffs(
        "shop",
        "shop",
        undefined,
        undefined,
        undefined,
        { version: "main" },
        { version: "change" },
      );
      assert.equal(diff.aheadCount, 1);
      const moved = await git.updateRefs(
        [{ name: "refs/heads/from-api", oldObjectId: zeros, newObjectId: head }],
        "shop",
        "shop",
      );
      assert.equal(moved[0]?.success, true);
      const policies = await (await connect().getPolicyApi()).getPolicyConfigurations("shop");
      assert.equal(policies[0]?.type?.displayName, "Minimum number of reviewers");
    });
  });

  describe("in browsers", () => {
    const options = () => ({
      rootPath: `${sandbox.organisationUrl}/`,
      authTokenProvider: { getAuthorizationHeader: () => Promise.resolve("Bearer sandbox-reader") },
    });

    // The clients want a browser's global object when they are loaded.
    async function clients() {
      Object.assign(globalThis, { self: globalThis });
      const [{ GitRestClient }, { CoreRestClient }, { PolicyRestClient }, management] =
        await Promise.all([
          import("azure-devops-extension-api/Git"),
          import("azure-devops-extension-api/Core"),
          import("azure-devops-extension-api/Policy"),
          import("azure-devops-extension-api/ExtensionManagement"),
        ]);
      return {
        git: new GitRestClient(options()),
        core: new CoreRestClient(options()),
        policy: new PolicyRestClient(options()),
        data: new management.ExtensionManagementRestClient(options()),
      };
    }

    it("get bare lists, numbers for enums, dates as dates, and no addresses", async () => {
      const { git } = await clients();
      const found = await git.getPullRequests(
        "shop",
        {} as Parameters<typeof git.getPullRequests>[1],
        "shop",
      );
      assert.ok(Array.isArray(found));
      const [one] = found;
      assert.equal(one?.status, 1);
      assert.ok(one?.creationDate instanceof Date);
      assert.equal(one.url, undefined);
      const whole = await git.getPullRequestById(one.pullRequestId);
      assert.equal(whole.mergeStatus, 3);
      assert.ok(whole.lastMergeCommit.author.date instanceof Date);
      const branches = await git.getBranches("shop", "shop");
      assert.ok(branches.some(({ name, aheadCount }) => name === "change" && aheadCount === 1));
    });

    it("get projects and policies", async () => {
      const { core, policy } = await clients();
      const projects = await core.getProjects();
      assert.deepEqual(
        projects.map(({ name, state }) => [name, state as unknown]),
        [["shop", 2]],
      );
      const policies = await policy.getPolicyConfigurations("shop");
      assert.ok(policies[0]?.createdDate instanceof Date);
    });

    it("keep documents of an extension", async () => {
      const { data: client } = await clients();
      const at = ["fluxgate", "fluxgate", "Default", "Current", "settings"] as const;
      const made = (await client.createDocumentByName({ id: "a", text: "1" }, ...at)) as {
        __etag: number;
      };
      assert.equal(made.__etag, 1);
      await client.setDocumentByName({ id: "a", text: "2", __etag: 1 }, ...at);
      await assert.rejects(client.setDocumentByName({ id: "a", text: "3", __etag: 1 }, ...at));
      const all = (await client.getDocumentsByName(...at)) as { text: string }[];
      assert.deepEqual(
        all.map(({ text }) => text),
        ["2"],
      );
    });
  });
});
