import assert from "node:assert/strict";
import type { CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { as, complete, deploy, ended, push, runOf, waiting } from "../support/actions.ts";
import { deliveryRepository, deployment, namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";

const git = "shop/_apis/git/repositories/manifests";
const patience = { withinMs: 90_000, everyMs: 150 };
type Who = Parameters<typeof as>[1];

describe("scenario 55: an environment asks for four eyes", () => {
  const api = (name: string, env: string) =>
    deployment({ name, namespace: "s55", image: `registry.fabrikam.com/${name}:1`, env });
  let world: World;
  before(async () => {
    const code = (name: string) => deliveryRepository({ name, apps: { [name]: api(name, "1") } });
    const files = { "README.md": "x\n", "dev/namespace.yaml": namespaceFile("s55"), "test/a": "x" };
    const settings = { statusGenre: "fluxgate", statusName: "four-eyes" };
    const required = { type: "status", settings: { ...settings, invalidateOnSourceUpdate: true } };
    const definition = (name: string) => ({
      ...{ name: `${name}-cd`, project: "shop", repository: name, yamlPath: "pipeline.yml" },
    });
    world = await openWorld({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              ...[code("shop"), { ...code("web"), hiddenFrom: ["connector"] }],
              { name: "manifests", files, policies: [{ ...required, type: "status" }] },
            ],
          },
        ],
      },
      pipelines: { definitions: [definition("shop"), definition("web")] },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s55-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev", "test"], extra: { dev: { fourEyes: true } } },
    });
  });
  after(() => world.close());

  async function vote(who: Who, { pullRequestId }: PullRequest, value = 10): Promise<void> {
    type Me = { readonly authenticatedUser: { readonly id: string } };
    const { authenticatedUser } = await as(world, who).get<Me>("_apis/connectionData");
    const url = `${git}/pullrequests/${pullRequestId}/reviewers/${authenticatedUser.id}`;
    await as(world, who).send("PUT", url, { vote: value });
  }

  /** Waits until the newest status says so. */
  function says({ pullRequestId }: PullRequest, state: string, text: RegExp) {
    return eventually(
      `four-eyes of !${pullRequestId} to be ${state}: ${text.source}`,
      async () => {
        const url = `${git}/pullRequests/${pullRequestId}/statuses`;
        type List = { readonly value: readonly CommitStatus[] };
        const { value } = await as(world, "reader").get<List>(url);
        const newest = value
          .filter(({ context }) => context.name === "four-eyes")
          .sort((a, b) => a.id - b.id)
          .at(-1);
        if (newest?.state === state && text.test(newest.description ?? "")) return newest;
        throw new Error(`${newest?.state}: ${newest?.description}`);
      },
      patience,
    );
  }

  async function open(who: Who, name: string, file: string): Promise<PullRequest> {
    const main = await as(world, "reader").get<{ value: readonly { objectId: string }[] }>(
      `${git}/refs?filter=heads/main`,
    );
    const ref = { name: `refs/heads/${name}`, oldObjectId: "0".repeat(40) };
    const newObjectId = main.value[0]?.objectId;
    await as(world, who).send("POST", `${git}/refs`, [{ ...ref, newObjectId }]);
    await push(world, "manifests", { as: who, branch: name, files: { [file]: `${name}\n` } });
    return as(world, who).send("POST", `${git}/pullrequests`, {
      ...{ sourceRefName: `refs/heads/${name}`, targetRefName: "refs/heads/main" },
      ...{ title: name, description: "" },
    });
  }

  it("counts the approval of somebody who neither asked for the run nor wrote it", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/shop.yaml": api("shop", "2") },
    });
    const first = await says(pullRequest, "pending", /nobody has approved yet/);
    assert.equal(first.createdBy?.displayName, "Fluxgate connector");
    // Azure DevOps takes the build service for the author, and lets who wrote the code approve.
    await vote("developer", pullRequest);
    await says(pullRequest, "pending", /Dana Developer asked for run \d+/);
    await vote("build", pullRequest);
    await says(pullRequest, "pending", /Build Service \(fabrikam\) is no person/);
    await vote("approver", pullRequest);
    await says(pullRequest, "succeeded", /approved by Ari Approver/);

    // A push to the run's branch: nobody has seen that.
    const branch = pullRequest.sourceRefName.replace("refs/heads/", "");
    await push(world, "manifests", { as: "admin", branch, files: { "dev/more.txt": "more\n" } });
    await says(pullRequest, "pending", /Ari Approver approved before the last push/);
    await vote("admin", pullRequest);
    await says(pullRequest, "pending", /Ada Admin wrote [0-9a-f]{8}/);
    await vote("approver", pullRequest, 0);
    await vote("approver", pullRequest);
    await says(pullRequest, "succeeded", /approved by Ari Approver/);
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
  });

  it("asks of pull requests by hand too, and of no other environment's", async () => {
    const own = await open("approver", "by-hand", "dev/by-hand.txt");
    await vote("approver", own);
    await says(own, "pending", /Ari Approver opened it/);
    await vote("developer", own);
    await says(own, "succeeded", /approved by Dana Developer/);
    const other = await open("approver", "elsewhere", "test/b.txt");
    await says(other, "succeeded", /changes only test, where nothing is asked/);
    const shared = await open("approver", "shared", "base/c.txt");
    const { context } = await says(shared, "pending", /nobody has approved yet/);
    assert.equal(context.name, "four-eyes");
  });

  it("stays pending, with the reason, where the code may not be read", async () => {
    const run = await runOf(
      world,
      await push(world, "web", { files: { "deploy/web.yaml": api("web", "2") } }),
    );
    await waiting(world, run);
    const { value } = await as(world, "reader").get<{ value: readonly PullRequest[] }>(
      `${git}/pullrequests`,
    );
    const made = value.find(({ sourceRefName }) => sourceRefName.endsWith(`/${run.id}`));
    assert.ok(made);
    await vote("approver", made);
    await says(made, "pending", /it cannot be told yet: .*TF401019/);
  });
});
