import assert from "node:assert/strict";
import { readConnectionData } from "../../../clients/azure-devops/identity.ts";
import {
  getProperties,
  patchProperties,
} from "../../../clients/azure-devops/pull-request-properties.ts";
import { listPullRequestsOfCommit } from "../../../clients/azure-devops/pull-request-query.ts";
import { postComment } from "../../../clients/azure-devops/pull-request-threads.ts";
import {
  createPullRequest,
  findPullRequests,
  getPullRequest,
  vote,
} from "../../../clients/azure-devops/pull-requests.ts";
import { listRefs, noObject, updateRef } from "../../../clients/azure-devops/refs.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { pullRequestsOf } from "../../../sandbox/azure-devops/pull-requests/pull-requests-of.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };
const refs = { sourceRef: "refs/heads/run", targetRef: "refs/heads/main" };

describe("a pull request's parts", () => {
  let sandbox: Sandbox;
  let id: number;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "a.txt": "a" } }]);
    const build = clientOf(sandbox, "build");
    const [main] = await listRefs(build, { repo, filter: "heads/main" });
    const newObjectId = main?.objectId ?? "";
    await updateRef(build, { repo, name: refs.sourceRef, oldObjectId: noObject, newObjectId });
    const made = await createPullRequest(build, { repo, ...refs, title: "t", description: "d" });
    id = made.pullRequestId;
  });
  after(() => sandbox.close());

  it("are its properties, set one by one and read back as text", async () => {
    const ado = clientOf(sandbox, "build");
    assert.deepEqual(await getProperties(ado, { repo, id }), {});
    await patchProperties(ado, { repo, id, properties: { "Fluxgate.Run": '{"a":1}' } });
    await patchProperties(ado, { repo, id, properties: { other: "x" } });
    const all = { "Fluxgate.Run": '{"a":1}', other: "x" };
    assert.deepEqual(await getProperties(ado, { repo, id }), all);
  });

  it("are its votes: one's own", async () => {
    const ado = clientOf(sandbox, "approver");
    const { authenticatedUser: me } = await readConnectionData(ado);
    await vote(ado, { repo, id, reviewer: me.id, vote: -10 });
    const seen = await getPullRequest(ado, { repo, id });
    assert.deepEqual(
      seen?.reviewers?.map((reviewer) => [reviewer.id, reviewer.vote]),
      [[me.id, -10]],
    );
  });

  it("are its comments", async () => {
    await postComment(clientOf(sandbox, "build"), { repo, id, text: "Superseded." });
    const organisation = sandbox.organisation();
    const repository = organisation.projects[0]!.repositories[0]!;
    const [state] = pullRequestsOf(organisation, repository);
    const comments = state?.threads.flatMap((thread) => thread.comments) ?? [];
    // The service itself notes votes there.
    const written = comments.filter(({ commentType }) => commentType === "text");
    assert.deepEqual(
      written.map(({ content }) => content),
      ["Superseded."],
    );
  });

  it("are found by source, by target and by state; absent ones are absent", async () => {
    const ado = clientOf(sandbox, "reader");
    const ids = async (options: Parameters<typeof findPullRequests>[1]) =>
      (await findPullRequests(ado, options)).map(({ pullRequestId }) => pullRequestId);
    assert.deepEqual(await ids({ repo, status: "active", sourceRef: refs.sourceRef }), [id]);
    assert.deepEqual(await ids({ repo, status: "all", targetRef: refs.targetRef }), [id]);
    assert.deepEqual(await ids({ repo, status: "completed" }), []);
    assert.deepEqual(await ids({ repo, status: "all", sourceRef: "refs/heads/x" }), []);
    assert.equal(await getPullRequest(ado, { repo, id: 999 }), undefined);
  });

  it("are found by a commit", async () => {
    const ado = clientOf(sandbox, "reader");
    const commit = (await getPullRequest(ado, { repo, id }))?.lastMergeSourceCommit?.commitId ?? "";
    const found = await listPullRequestsOfCommit(ado, { repo, commit });
    assert.deepEqual(
      found.map(({ pullRequestId }) => pullRequestId),
      [id],
    );
    assert.deepEqual(await listPullRequestsOfCommit(ado, { repo, commit: "1".repeat(40) }), []);
  });
});
