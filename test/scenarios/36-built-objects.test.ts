import assert from "node:assert/strict";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { ended, waitLog } from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

const ns = "$" + "{ns}";
const app = (name: string, env: string, tag = "1") =>
  deployment({ name, namespace: ns, env, image: `registry.fabrikam.com/${name}:${tag}` });
const patch = (value: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any, annotations: { v: "${value}" } }\n`;

describe("scenario 36: files and objects that do not map one to one, by Flux' build", () => {
  let world: World;
  before(async function () {
    if ((await kubeFromCache()) === undefined) this.skip();
    world = await startPlainWorld([
      {
        name: "s36-built",
        spec: { postBuild: { substitute: { ns: "s36-built" } } },
        files: {
          "kustomization.yaml":
            "namePrefix: dev-\nresources: [ns.yaml, api.yaml, web.yaml, red.yaml]\npatches: [{ path: p.yaml, target: { name: web } }]\n",
          ...{ "ns.yaml": namespaceFile("s36-built"), "p.yaml": patch("1") },
          ...{ "api.yaml": app("api", "1"), "web.yaml": app("web", "1") },
          // Nobody's who waits here, and never well.
          "red.yaml": app("red", "1", "broken"),
        },
      },
    ]);
  });
  after(() => world?.close());

  const log = async (run: Parameters<typeof waitLog>[1]) => (await waitLog(world, run)).join("\n");

  it("waits for the one object that a file makes, whatever its name and namespace became", async () => {
    const run = await change(world, "s36-built", { "api.yaml": app("api", "2") });
    assert.equal(await ended(world, run), "succeeded");
    const said = await log(run);
    assert.match(said, /Deployment s36-built\/dev-api: healthy/);
    assert.match(said, /uses namePrefix; by Flux' build X changes 1 object/);
    assert.doesNotMatch(said, /dev-red: .*ImagePullBackOff$/m);
  });

  it("waits for what a patch by target changes", async () => {
    const run = await change(world, "s36-built", { "p.yaml": patch("2") });
    assert.equal(await ended(world, run), "succeeded");
    assert.match(await log(run), /Deployment s36-built\/dev-web: healthy/);
  });

  it("fails with the object that X broke", async () => {
    const run = await change(world, "s36-built", { "web.yaml": app("web", "2", "broken") });
    assert.equal(await ended(world, run), "failed");
    assert.match(await log(run), /Deployment s36-built\/dev-web: .*ImagePullBackOff/);
  });
});
