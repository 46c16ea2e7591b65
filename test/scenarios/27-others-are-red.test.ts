import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statusBecomes, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

const image = (tag: string) => `registry.fabrikam.com/app:${tag}`;

describe("scenario 27: what was broken before, or belongs to others", () => {
  let world: World;
  afterEach(() => world.close());

  const app = (namespace: string, name: string, tag: string) =>
    deployment({ name, namespace, image: image(tag) });
  const release = async (repository: string, files: Readonly<Record<string, string>>) => {
    const { run, pullRequest } = await deploy(world, { repository, files });
    const merge = await complete(world, pullRequest);
    return { run, merge, result: await ended(world, run) };
  };

  const shapes = [
    {
      title: "in two Kustomizations",
      namespace: "s27-two",
      kustomizations: [
        { name: "s27-two-red", path: "dev/red", environment: "dev" },
        { name: "s27-two-green", path: "dev/green", environment: "dev" },
        { name: "s27-two-base", path: "dev/base", environment: "dev" },
      ],
    },
    {
      title: "in one Kustomization with wait",
      namespace: "s27-one",
      kustomizations: [
        {
          name: "s27-one-dev",
          path: "dev",
          environment: "dev",
          spec: { wait: true, timeout: "10s" },
        },
      ],
    },
  ] as const;
  for (const { title, namespace, kustomizations } of shapes) {
    it(`passes the other delivery's run while one is red, ${title}`, async () => {
      world = await startWorld({
        deliveries: [
          { name: "red", apps: { red: app(namespace, "red", "1") } },
          { name: "green", apps: { green: app(namespace, "green", "1") } },
        ],
        manifests: { "dev/base/namespace.yaml": namespaceFile(namespace) },
        kustomizations,
      });
      const broken = await release("red", { "deploy/red.yaml": app(namespace, "red", "broken-1") });
      assert.equal(broken.result, "failed");

      const other = await release("green", { "deploy/green.yaml": app(namespace, "green", "2") });

      assert.equal(other.result, "succeeded", (await waitLog(world, other.run)).join("\n"));
      const { merge: commit } = other;
      await statusBecomes(world, { commit, name: "green/dev", state: "succeeded" });
      await statusBecomes(world, { commit, name: "red/dev", state: "failed" });
    });
  }

  it("stays red for a delivery that broke its own api and then changes only web", async () => {
    const namespace = "s27-own";
    world = await startWorld({
      deliveries: [
        {
          name: "shop",
          apps: { api: app(namespace, "api", "1"), web: app(namespace, "web", "1") },
        },
      ],
      manifests: { "dev/namespace.yaml": namespaceFile(namespace) },
      kustomizations: [{ name: "s27-own-dev", path: "dev", environment: "dev" }],
    });
    const first = await release("shop", { "deploy/api.yaml": app(namespace, "api", "2") });
    assert.equal(first.result, "succeeded");
    const broken = await release("shop", { "deploy/api.yaml": app(namespace, "api", "broken-1") });
    assert.equal(broken.result, "failed");

    const web = await release("shop", { "deploy/web.yaml": app(namespace, "web", "2") });

    assert.equal(web.result, "failed");
    assert.match((await waitLog(world, web.run)).at(-1) ?? "", /Deployment s27-own\/api/);
  });
});
