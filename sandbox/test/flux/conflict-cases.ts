import assert from "node:assert/strict";
import { ApiException, KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";
import {
  appliedAt,
  configMap,
  configMapAt,
  gitRepository,
  kustomization,
  kustomizationAt,
} from "./flux-objects.ts";
import type { World } from "./flux-world.ts";

export function conflictCases(world: () => World): void {
  const applyAs = (name: string, data: object, { force }: { readonly force: boolean }) => {
    const api = KubernetesObjectApi.makeApiClient(world().config);
    const metadata = { name, namespace: "default" };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data };
    const { ServerSideApply } = PatchStrategy;
    return api.patch(object, undefined, undefined, "somebody", force, ServerSideApply);
  };

  it("are not taken without force, and the refusal says whose they are", async () => {
    const { push, apply, until } = world();
    const files = { "deploy/map.yaml": configMap("default", "conflict", { a: "1", b: "1" }) };
    const commit = await push("conflict", files);
    await apply(gitRepository(world(), "conflict"), kustomization("conflict"));
    await until(kustomizationAt("conflict"), appliedAt(`conflict@sha1:${commit}`));
    await assert.rejects(applyAs("conflict", { a: "2" }, { force: false }), (error) => {
      assert.ok(error instanceof ApiException);
      assert.equal(error.code, 409);
      assert.match(
        String(error.body),
        /Apply failed with 1 conflict: conflict with \\*"kustomize-controller\\*": \.data\.a/,
      );
      return true;
    });
    // The same value is no conflict: both own it then.
    await applyAs("conflict", { a: "1" }, { force: false });
  });

  it("come back at the next look of their Kustomization", async () => {
    const { push, apply, until } = world();
    const files = { "deploy/map.yaml": configMap("default", "drift", { a: "1" }) };
    const commit = await push("drift", files);
    await apply(gitRepository(world(), "drift"), kustomization("drift", { interval: "2s" }));
    await until(kustomizationAt("drift"), appliedAt(`drift@sha1:${commit}`));
    await applyAs("drift", { a: "2", more: "1" }, { force: true });
    const seen = await until(configMapAt("default", "drift"), ({ data }) => data["a"] === "1");
    // What Flux never wrote stays.
    assert.equal(seen.data["more"], "1");
  });
}
