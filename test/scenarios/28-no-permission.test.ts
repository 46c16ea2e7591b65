import assert from "node:assert/strict";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";

describe("scenario 28: the connector may not read one of its repositories", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s28", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    const shop = deliveryRepository({ name: "shop", apps: { api: api("1") } });
    const repositories = [
      shop,
      { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s28") } },
      { name: "secret", files: { "README.md": "" }, hiddenFrom: ["connector"] },
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
        kustomizations: [{ name: "s28-dev", path: "dev", environment: "dev" }],
      },
      connector: {
        environments: ["vault", "dev"],
        repositories: [{ name: "secret", project: "shop", repository: "secret" }],
        extra: { vault: { repository: "secret" } },
      },
    });
  });
  after(() => world.close());

  it("says which, and that it may be absent or forbidden, and serves the others", async () => {
    await eventually("the connector to say so", () =>
      world.connectorSays().find((line) => /secret/.test(line)),
    );
    const line = world.connectorSays().find((one) => /secret/.test(one)) ?? "";
    assert.match(line, /not (there|exist)|permission|allowed|may not/i);
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
  });
});
