import assert from "node:assert/strict";
import { environmentMembers } from "../../../core/gate/environment-members.ts";
import { kustomization } from "./gate-world.ts";

const named = (name: string) => kustomization({ name, environment: "" });
const all = ["shop-config-api", "shop-config-web", "shop", "infra"].map(named);
const assignedBy = (...assigned: readonly string[]) =>
  environmentMembers(all, { environment: "dev", assigned }).map(({ name }) => name);

describe("Flux objects that the configuration assigns", () => {
  it("are named whole", () => {
    assert.deepEqual(assignedBy("Kustomization/flux-system/shop"), ["shop"]);
  });

  it("or by a pattern, as what AKS makes of a configuration that nobody can label", () => {
    assert.deepEqual(assignedBy("Kustomization/flux-system/shop-config-*"), [
      "shop-config-api",
      "shop-config-web",
    ]);
    assert.deepEqual(assignedBy("Kustomization/*/infra"), ["infra"]);
  });

  it("never across the parts of a key", () => {
    assert.deepEqual(assignedBy("Kustomization/*"), []);
    assert.deepEqual(assignedBy("HelmRelease/flux-system/*"), []);
  });
});
