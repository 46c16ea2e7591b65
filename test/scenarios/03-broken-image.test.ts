import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statusBecomes, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

const variants = [
  {
    ...{ title: "with wait: true", namespace: "s3-wait", spec: { wait: true, timeout: "30s" } },
    connector: {},
  },
  {
    ...{ title: "with Flux's default of no health checks", namespace: "s3-none", spec: {} },
    // The environment's own grace counts, not everybody's.
    connector: { extra: { dev: { grace: "1s" } }, timings: { grace: "1h" } },
  },
] as const;

for (const { title, namespace, spec, connector } of variants) {
  describe(`scenario 3: an image that never becomes ready, ${title}`, () => {
    const api = (tag: string) =>
      deployment({ name: "api", namespace, image: `registry.fabrikam.com/api:${tag}` });
    let world: World;
    before(async () => {
      world = await startWorld({
        deliveries: [{ name: "shop", apps: { api: api("1") } }],
        manifests: { "dev/namespace.yaml": namespaceFile(namespace) },
        kustomizations: [{ name: `${namespace}-dev`, path: "dev", environment: "dev", spec }],
        connector,
      });
    });
    after(() => world.close());

    it("fails the run with the pod's reason, in the log and in the status", async () => {
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api("broken-1") },
      });

      const merge = await complete(world, pullRequest);

      assert.equal(await ended(world, run), "failed");
      const last = (await waitLog(world, run)).at(-1) ?? "";
      assert.match(last, /^##\[error\]/);
      assert.match(last, new RegExp(`Deployment ${namespace}/api`));
      assert.match(last, /ImagePullBackOff of image registry\.fabrikam\.com\/api:broken-1/);
      const status = await statusBecomes(world, {
        commit: merge,
        name: "shop/dev",
        state: "failed",
      });
      assert.match(status.description ?? "", /ImagePullBackOff/);
      await statusBecomes(world, { commit: merge, name: "dev", state: "failed" });
    });
  });
}
