import assert from "node:assert/strict";
import { appTree, withNamespace } from "../../../core/render/app-tree.ts";

const app = { name: "api", path: "api", clusterScoped: [], render: [], line: 1 };
const object = (
  apiVersion: string,
  kind: string,
  metadata: { name: string; namespace?: string },
) => ({
  apiVersion,
  kind,
  metadata,
});

describe("an app's files", () => {
  it("are one object each, listed in the order of applying", () => {
    const files = appTree(app, [
      object("networking.k8s.io/v1", "Ingress", { name: "a", namespace: "shop" }),
      object("apps/v1", "Deployment", { name: "a", namespace: "shop" }),
      object("v1", "Namespace", { name: "shop" }),
    ]);
    assert.deepEqual(
      files.map(({ path }) => path),
      [
        "api/v1_namespace_shop.yaml",
        "api/shop_apps_v1_deployment_a.yaml",
        "api/shop_networking.k8s.io_v1_ingress_a.yaml",
        "api/kustomization.yaml",
      ],
    );
    assert.equal(
      files[3]?.text,
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - v1_namespace_shop.yaml
  - shop_apps_v1_deployment_a.yaml
  - shop_networking.k8s.io_v1_ingress_a.yaml
`,
    );
  });

  it("are none for no objects", () => {
    assert.deepEqual(appTree(app, []), []);
  });

  it("get the app's namespace where they name none and live in one", () => {
    const crd = {
      ...object("apiextensions.k8s.io/v1", "CustomResourceDefinition", { name: "x" }),
      spec: { group: "example.com", names: { kind: "Planet" }, scope: "Cluster" },
    };
    const objects = withNamespace(
      [
        crd,
        object("v1", "Service", { name: "a" }),
        object("v1", "Service", { name: "b", namespace: "other" }),
        object("v1", "Namespace", { name: "shop" }),
        object("example.com/v1", "Planet", { name: "earth" }),
        object("example.com/v1", "Moon", { name: "moon" }),
      ],
      "shop",
    );
    assert.deepEqual(
      objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? "-"}`),
      [
        "CustomResourceDefinition -",
        "Service shop",
        "Service other",
        "Namespace -",
        "Planet -",
        "Moon shop",
      ],
    );
  });
});
