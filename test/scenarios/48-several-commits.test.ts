import assert from "node:assert/strict";
import { ended, push, runOf, waitLog } from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { plainPipeline } from "../support/plain-script.ts";
import { openWorld, type World } from "../support/world.ts";

// A script of the team's own: two commits in one push, of which the first breaks something.
const pipeline = plainPipeline("dev", [
  "cp ../shop/api.yaml dev/api.yaml; commit 'New api'",
  "cp ../shop/web.yaml dev/web.yaml; commit 'New web'",
]);

describe("scenario 48: several commits in one push to a plain repository", () => {
  const app = (name: string, tag: string) =>
    deployment({ name, namespace: "s48", image: `registry.fabrikam.com/${name}:${tag}` });
  let world: World;
  before(async () => {
    const files = { "api.yaml": app("api", "1"), "web.yaml": app("web", "1") };
    const repositories = [
      { name: "shop", files: { "pipeline.yml": pipeline, ...files } },
      {
        name: "manifests",
        files: {
          "dev/namespace.yaml": namespaceFile("s48"),
          ...{ "dev/api.yaml": files["api.yaml"], "dev/web.yaml": files["web.yaml"] },
        },
      },
    ];
    world = await openWorld({
      seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }] },
      pipelines: {
        definitions: [
          { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s48-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"], extra: { dev: { definitions: [1] } } },
    });
  });
  after(() => world.close());

  it("judges what its first commit changed too", async () => {
    const commit = await push(world, "shop", {
      files: { "api.yaml": app("api", "broken-2"), "web.yaml": app("web", "2") },
    });
    const run = await runOf(world, commit);
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(log, /Deployment s48\/web: healthy/);
    assert.match(log, /##\[error\]Deployment s48\/api: .*ImagePullBackOff/);
  });

  it("and is green when all of it is well", async () => {
    const commit = await push(world, "shop", {
      files: { "api.yaml": app("api", "3"), "web.yaml": app("web", "3") },
    });
    const run = await runOf(world, commit);
    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    for (const name of ["api", "web"]) {
      assert.ok(log.includes(`Deployment s48/${name}: healthy`), log.join("\n"));
    }
  });
});
