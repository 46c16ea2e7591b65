import assert from "node:assert/strict";
import type { Sandbox } from "../../azure-devops/create-sandbox.ts";
import { restOf, type Rest } from "../support/rest.ts";
import { sandboxWith } from "../support/sandbox-with.ts";

type WorkItem = {
  readonly id: number;
  readonly relations?: readonly { readonly rel: string; readonly url: string }[];
  readonly _links?: { readonly html: { readonly href: string } };
};

describe("work items", () => {
  let sandbox: Sandbox;
  let developer: Rest;
  before(async () => {
    const files = { "a.txt": "a\n" };
    const branches = { change: { "a.txt": "b\n" } };
    sandbox = await sandboxWith([{ name: "code", files, branches }], { workItems: [12, 13] });
    developer = restOf(sandbox, "developer");
  });
  after(() => sandbox.close());

  const open = (workItemRefs: readonly object[]) =>
    developer.send<{
      pullRequestId: number;
      repository: { id: string; project: { id: string } };
    }>("POST", "shop/_apis/git/repositories/code/pullrequests", {
      ...{ sourceRefName: "refs/heads/change", targetRefName: "refs/heads/main" },
      ...{ title: "Change a", workItemRefs },
    });

  it("are linked by a pull request, or later from their own side, and say so", async () => {
    const { pullRequestId, repository } = await open([{ id: "12" }]);
    const artifact = `vstfs:///Git/PullRequestId/${repository.project.id}%2F${repository.id}%2F${pullRequestId}`;
    const item = await developer.get<WorkItem>("shop/_apis/wit/workItems/12?$expand=all");
    assert.deepEqual(
      item.relations?.map(({ rel, url }) => [rel, url]),
      [["ArtifactLink", artifact]],
    );
    assert.equal(item._links?.html.href, `${sandbox.organisationUrl}/shop/_workitems/edit/12`);
    const value = { rel: "ArtifactLink", url: artifact, attributes: { name: "Pull Request" } };
    await developer.send("PATCH", "_apis/wit/workItems/13", [
      { op: "add", path: "/relations/-", value },
    ]);
    const refs = await developer.get<{ value: { id: string }[] }>(
      `shop/_apis/git/repositories/code/pullRequests/${pullRequestId}/workitems`,
    );
    assert.deepEqual(refs.value.map(({ id }) => id).sort(), ["12", "13"]);
    const both = await developer.get<{ value: WorkItem[] }>("shop/_apis/wit/workitems?ids=12,13");
    assert.deepEqual(
      both.value.map(({ id, relations }) => [id, relations]),
      [
        [12, undefined],
        [13, undefined],
      ],
    );
  });

  it("that are not there are refused, as is every change but a link", async () => {
    await assert.rejects(developer.get("_apis/wit/workItems/99"), /TF401232: Work item 99/);
    await assert.rejects(
      developer.send("PATCH", "_apis/wit/workItems/12", [
        { op: "add", path: "/fields/System.Title", value: "x" },
      ]),
      /cannot add \/fields\/System\.Title/,
    );
  });
});
