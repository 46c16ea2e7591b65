import assert from "node:assert/strict";
import { manifestFileName, manifestFileNames } from "../../../core/manifests/file-name.ts";

const deployment = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  namespace: "shop",
  name: "api",
};

describe("manifest file names", () => {
  it("say namespace, type and name, and leave out what is empty", () => {
    const name = (changes: object) => manifestFileName({ ...deployment, ...changes });
    assert.equal(name({}), "shop_apps_v1_deployment_api.yaml");
    assert.equal(name({ group: "", kind: "Service" }), "shop_v1_service_api.yaml");
    assert.equal(
      name({ group: "", kind: "Namespace", namespace: "", name: "shop" }),
      "v1_namespace_shop.yaml",
    );
  });

  it("encode what file systems do not take, and cannot leave their folder", () => {
    const role = { group: "rbac", version: "v1", kind: "ClusterRole", namespace: "" };
    assert.equal(
      manifestFileName({ ...role, name: "system:node" }),
      "rbac_v1_clusterrole_system%3anode.yaml",
    );
    assert.equal(
      manifestFileName({ ...role, name: "../../etc (x)*" }),
      "rbac_v1_clusterrole_..%2f..%2fetc%20%28x%29%2a.yaml",
    );
  });

  it("tell names apart that differ only by case, whatever else is in the folder", () => {
    const upper = manifestFileName({ ...deployment, name: "API" });
    assert.match(upper, /^shop_apps_v1_deployment_api~[0-9a-f]{8}\.yaml$/);
    assert.notEqual(upper, manifestFileName({ ...deployment, name: "Api" }));
  });

  it("stay short enough for every file system", () => {
    const long = manifestFileName({ ...deployment, name: "a".repeat(253) });
    assert.ok(long.length < 180);
    assert.notEqual(long, manifestFileName({ ...deployment, name: "a".repeat(252) }));
  });

  it("are unique where a namespace reads like a group", () => {
    const names = manifestFileNames([
      { group: "", version: "v1", kind: "Thing", namespace: "apps", name: "x" },
      { group: "apps", version: "v1", kind: "Thing", namespace: "", name: "x" },
      deployment,
    ]);
    assert.equal(new Set(names).size, 3);
    assert.equal(names[2], "shop_apps_v1_deployment_api.yaml");
  });
});
