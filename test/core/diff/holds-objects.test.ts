import assert from "node:assert/strict";
import { holdsObjects } from "../../../core/diff/read-objects.ts";

describe("which changed files are compared object by object", () => {
  const rows: readonly (readonly [path: string, holds: boolean])[] = [
    ["prod/api/shop_apps_v1_deployment_api.yaml", true],
    ["prod/settings.json", true],
    ["prod/api/kustomization.yaml", false],
    ["prod/.fluxgate/shop.json", false],
    ["high-level/prod/api/result.yaml", false],
    ["prod/high-level/object.yaml", true],
    ["README.md", false],
  ];
  for (const [path, holds] of rows) {
    it(`${holds ? "takes" : "leaves"} ${path}`, () => assert.equal(holdsObjects(path), holds));
  }
});
