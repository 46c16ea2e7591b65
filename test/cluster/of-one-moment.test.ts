import assert from "node:assert/strict";
import { ofOneMoment } from "../../core/manifests/of-one-moment.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { useApiServer } from "./api-server.ts";

const map = (name: string, more: object): KubernetesObject => ({
  ...{ apiVersion: "v1", kind: "ConfigMap" },
  metadata: { name, namespace: "default", ...more },
});
const another = { uid: "5b2cbe5e-23f6-4e2c-9a29-0a2f8b6d5f11" };

describe("objects that are bound to one moment of a cluster", function () {
  this.timeout(60_000);
  const server = useApiServer();
  const isRefused = async (object: KubernetesObject) =>
    (await server.refusal(await server.pathOf(object), object, { dryRun: true })) !== undefined;

  it("are those that the real API server refuses once it has another of them", async () => {
    const there = map("of-one-moment", {});
    await server.apply(await server.pathOf(there), there);
    for (const more of [another, { resourceVersion: "12" }]) {
      const object = map("of-one-moment", more);
      assert.deepEqual([await isRefused(object), ofOneMoment(object).length], [true, 1]);
    }
    for (const more of [{ resourceVersion: "0" }, { resourceVersion: "" }, { uid: "" }]) {
      const object = map("of-one-moment", more);
      assert.deepEqual([await isRefused(object), ofOneMoment(object)], [false, []]);
    }
  });

  it("fail where it has none, if they have a uid", async () => {
    assert.equal(await isRefused(map("of-one-moment-new", another)), true);
    assert.equal(await isRefused(map("of-one-moment-new", { resourceVersion: "12" })), false);
  });
});
