import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Build } from "../../core/azure-devops/types.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import {
  as,
  complete,
  deploy,
  ended,
  failureOf,
  pullRequestOf,
  push,
  runOf,
  waiting,
} from "../support/actions.ts";
import { rollbackPipeline } from "../support/rollback-pipeline.ts";
import { openWorld, type World } from "../support/world.ts";

const rollback = rollbackPipeline(["to", "app"]);

describe("scenario 23: one app is taken back", () => {
  const app = (name: string, tag: string) =>
    deployment({ name, namespace: "s23", image: `registry.fabrikam.com/${name}:${tag}` });
  let world: World;
  before(async () => {
    const apps = { api: app("api", "1"), web: app("web", "1") };
    const shop = deliveryRepository({ name: "shop", apps });
    const repositories = [
      { ...shop, files: { ...shop.files, "rollback.yml": rollback } },
      { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s23") } },
      { name: "fluxgate-templates", files: readFolder(resolve("pipeline-templates")) },
    ];
    const definition = (name: string, yamlPath: string) => ({
      ...{ name, project: "shop", repository: "shop", yamlPath },
    });
    world = await openWorld({
      seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }] },
      pipelines: {
        definitions: [
          definition("shop-cd", "pipeline.yml"),
          definition("shop-rollback", "rollback.yml"),
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s23-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"], extra: { dev: { definitions: [1, 2] } } },
    });
  });
  after(() => world.close());

  async function deployed(files: Readonly<Record<string, string>>): Promise<string> {
    const { run, pullRequest } = await deploy(world, { repository: "shop", files });
    const merge = await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
    return merge;
  }
  const imageOf = (name: string) =>
    world.kubectl(
      ...["get", "deployment", name, "-n", "s23"],
      ...["-o", "jsonpath={.spec.template.spec.containers[0].image}"],
    );

  it("through the same review and wait; the others stay, and the next run stops at the hold", async () => {
    const good = await deployed({ "deploy/api.yaml": app("api", "2") });
    await deployed({ "deploy/api.yaml": app("api", "3"), "deploy/web.yaml": app("web", "2") });
    const run = await as(world, "developer").send<Build>(
      "POST",
      "shop/_apis/pipelines/2/runs?api-version=7.1",
      { templateParameters: { to: good, app: "api" } },
    );
    await waiting(world, run, "rollback");
    await complete(world, await pullRequestOf(world, run));
    assert.equal(await ended(world, run), "succeeded");
    assert.match(await imageOf("api"), /api:2$/);
    assert.match(await imageOf("web"), /web:2$/);

    const next = await push(world, "shop", { files: { "deploy/api.yaml": app("api", "4") } });
    const stopped = await runOf(world, next);
    assert.equal(await ended(world, stopped), "failed");
    assert.match(String(await failureOf(world, stopped)), /held by .*: it lost orders/);
    assert.match(await imageOf("api"), /api:2$/);
  });
});
