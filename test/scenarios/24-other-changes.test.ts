import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, push, said } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 24: meanwhile others change other things", () => {
  const app = (name: string, env: string) =>
    deployment({ name, namespace: "s24", image: `registry.fabrikam.com/${name}:1`, env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [
        { name: "shop", apps: { api: app("api", "1") } },
        { name: "docs", apps: { site: app("site", "1") } },
      ],
      manifests: {
        "dev/namespace.yaml": namespaceFile("s24"),
        "prod/namespace.yaml": namespaceFile("s24"),
      },
      kustomizations: [
        { name: "s24-dev", path: "dev", environment: "dev", spec: { suspend: true } },
      ],
    });
  });
  after(() => world.close());

  it("does not supersede a run: another environment, another delivery, a foreign file", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": app("api", "2") },
    });
    await complete(world, pullRequest);
    await said(world, run, /suspended/);

    await push(world, "manifests", { files: { "prod/labels.yaml": namespaceFile("s24-prod") } });
    await push(world, "manifests", { files: { "dev/README.md": "What runs in dev\n" } });
    const other = await deploy(world, {
      repository: "docs",
      files: { "deploy/site.yaml": app("site", "2") },
    });
    await complete(world, other.pullRequest);
    await said(world, other.run, /suspended/);

    await world.kubectl(
      ...["patch", "kustomizations.kustomize.toolkit.fluxcd.io", "s24-dev"],
      ...["--namespace", "flux-system", "--type", "merge"],
      ...["--patch", JSON.stringify({ spec: { suspend: false } })],
    );
    assert.equal(await ended(world, run), "succeeded");
    assert.equal(await ended(world, other.run), "succeeded");
  });
});
