import assert from "node:assert/strict";
import { createClock } from "../../sandbox/azure-devops/clock.ts";
import type { Build, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { as, complete, deploy, ended, readPullRequest } from "../support/actions.ts";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";

const pullRequests = "shop/_apis/git/repositories/manifests/pullRequests";
const hour = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * hour).toISOString();

describe("scenario 54: an environment is frozen", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s54", image: "registry.fabrikam.com/api:1", env });
  const freeze = {
    ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "dev" },
    ...{ from: later(-1), to: later(48), reason: "the auditors are here", exempt: "shop Team" },
  };
  const clock = createClock();
  let world: World;
  before(async () => {
    const shop = deliveryRepository({ name: "shop", apps: { api: api("1") } });
    const delivery = String(shop.files?.["fluxgate.yaml"]).replace(
      "- name: dev",
      "- { name: dev, pullRequest: { autoComplete: true } }",
    );
    const manifests = {
      name: "manifests",
      files: {
        "dev/namespace.yaml": namespaceFile("s54"),
        "dev/.fluxgate/freeze.json": JSON.stringify(freeze),
      },
      policies: [
        {
          type: "status" as const,
          settings: {
            ...{ statusGenre: "fluxgate", statusName: "freeze/dev" },
            filenamePatterns: ["/dev/*"],
          },
        },
      ],
    };
    const code = { ...shop, files: { ...shop.files, "fluxgate.yaml": delivery } };
    world = await openWorld({
      clock,
      seed: {
        organisation: "fabrikam",
        projects: [{ name: "shop", repositories: [code, manifests] }],
      },
      pipelines: {
        definitions: [
          { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s54-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"] },
    });
  });
  after(() => world.close());

  const opened = async (env: string) =>
    deploy(world, { repository: "shop", files: { "deploy/api.yaml": api(env) } });
  const says = (id: number, state: string, text: RegExp) =>
    eventually(
      `freeze/dev of !${id} to be ${state}: ${text.source}`,
      async () => {
        const { value } = await as(world, "reader").get<{ value: readonly CommitStatus[] }>(
          `${pullRequests}/${id}/statuses`,
        );
        const last = value.filter(({ context }) => context.name === "freeze/dev").at(-1);
        return last?.state === state && text.test(last.description ?? "") ? last : undefined;
      },
      { withinMs: 60_000, everyMs: 200 },
    );
  const comment = (who: "reader" | "approver", id: number, content: string) =>
    as(world, who).send("POST", `${pullRequests}/${id}/threads`, {
      comments: [{ content, commentType: 1, parentCommentId: 0 }],
      status: "closed",
    });

  let first: { run: Build; pullRequest: PullRequest };
  it("holds its pull requests back: no auto-complete, a failed status, no merge by hand", async () => {
    first = await opened("2");
    const { pullRequestId: id } = first.pullRequest;
    await says(id, "failed", /^dev is frozen until .*: the auditors are here/);
    const { autoCompleteSetBy, description } = await readPullRequest(world, id);
    assert.equal(autoCompleteSetBy, undefined);
    assert.match(description ?? "", /When this was opened:.* dev is frozen until/);
    await assert.rejects(complete(world, first.pullRequest), /policy|completed|freeze\/dev/i);
  });

  it("is lifted for one pull request by a member of the exempt team, who says why", async () => {
    const { run, pullRequest } = first;
    const { pullRequestId: id } = pullRequest;
    await comment("reader", id, "break-glass: I want it");
    await says(id, "failed", /Remy Reader is not in shop Team/);
    await comment("approver", id, "break-glass: the shop is down");
    await says(id, "succeeded", /^Glass broken by Ari Approver of shop Team: the shop is down/);
    const { value } = await as(world, "reader").get<{
      value: Readonly<Record<string, { readonly $value: string }>>;
    }>(`${pullRequests}/${id}/properties`);
    const record = JSON.parse(value["Fluxgate.BreakGlass.dev"]?.$value ?? "") as {
      readonly by: { readonly name: string };
      readonly reason: string;
    };
    assert.equal(record.by.name, "Ari Approver");
    assert.equal(record.reason, "the shop is down");
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
  });

  it("lets go by itself what was opened while it was frozen, by the service's clock", async () => {
    const { pullRequest } = await opened("3");
    const { pullRequestId: id } = pullRequest;
    await says(id, "failed", /is frozen/);
    clock.advance(49 * hour);
    await says(id, "succeeded", /^dev is not frozen$/);
    assert.match(await complete(world, pullRequest), /^[0-9a-f]{40}$/);
  });
});
