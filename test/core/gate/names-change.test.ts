// Whose failure is it? Controllers name objects and files in many forms.
import assert from "node:assert/strict";
import { viewCluster } from "../../../core/gate/cluster-view.ts";
import type { ChangedFile } from "../../../core/gate/gate-input.ts";
import { namesChange, namesChangedFile } from "../../../core/gate/names-change.ts";
import { api, cluster, input, now, x } from "./gate-world.ts";

const changing = (...paths: readonly string[]) => {
  const changed: readonly ChangedFile[] = paths.map((path) => ({
    ...{ path, removed: false, identities: [{ ...api, namespace: "" }] },
  }));
  const given = input({ changed });
  return viewCluster(given, given.clusters[0] ?? cluster(), { commit: x, now });
};
const names = (message: string, { of = "dev/api/api.yaml", base = "dev" } = {}) =>
  namesChangedFile(changing("dev/web/web.yaml", of), message, base);

const files: readonly (readonly [says: string, message: string, of: object, then: boolean])[] = [
  ["by its path in the repository", "open dev/api/api.yaml: bad", {}, true],
  ["by its path below a temporary folder", "'/tmp/k-1/dev/api/api.yaml': bad", {}, true],
  ["by its path in the folder that is built", "from 'api/api.yaml': bad", {}, true],
  ["by name and folder apart", "path '/tmp/k-1/dev/api': from 'api.yaml'", {}, true],
  ["by name and folder with a slash", "path '/tmp/k-1/dev/api/': from './api.yaml'", {}, true],
  ["by folder and name, the folder from the root", "in dev/api: api.yaml: bad", {}, true],
  ["not by its name alone", "from 'api.yaml': bad", {}, false],
  [
    "nor by that of a file of the folder that is built",
    "'api.yaml'",
    { of: "dev/api.yaml" },
    false,
  ],
  ["nor by its folder alone", "path '/tmp/k-1/dev/api': no kustomization", {}, false],
  ["nor by another file there", "path '/tmp/k-1/dev/api': from 'web.yaml'", {}, false],
  ["nor by its name in another folder", "path '/tmp/k-1/dev/web': from 'api.yaml'", {}, false],
  ["nor by a path that only ends alike", "open odev/api/api.yaml", {}, false],
  ["nor by one that climbs", "from './api/api.yaml'", { base: "dev" }, false],
  ["nor in the middle of another", "open dev/api/api.yaml.bak", {}, false],
  ["in the root by its name", "from 'api.yaml': bad", { of: "api.yaml", base: "" }, true],
  ["in the root by ./", "from './api.yaml': bad", { of: "api.yaml", base: "" }, true],
  ["in the root not in a folder", "from 'web/api.yaml': bad", { of: "api.yaml", base: "" }, false],
  [
    "not by what the apply before it lists",
    "denied\n  Deployment/api configured\nok",
    { of: "Deployment/api", base: "" },
    false,
  ],
];

describe("a message names a file of X", () => {
  for (const [says, message, of, then] of files) {
    it(says, () => assert.equal(names(message, of), then));
  }
});

describe("a message names an object of X", () => {
  const view = changing("dev/api/api.yaml");
  for (const [message, then] of [
    ["Deployment/api apply failed", true],
    ["Deployment/web apply failed", false],
    ['deployments.apps "api" is forbidden', true],
    ["open /tmp/k-1/dev/api/api.yaml: bad", true],
    ["Deployment/web apply failed: denied\nDeployment/api configured", false],
    ["Deployment/web apply failed: denied\n Deployment/shop/api created \n", false],
    ["denied: Deployment/api configured twice", true],
  ] as const) {
    it(`${then ? "" : "not "}in ${JSON.stringify(message)}`, () => {
      assert.equal(namesChange(view, message), then);
    });
  }
});
