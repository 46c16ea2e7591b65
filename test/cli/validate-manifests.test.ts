import assert from "node:assert/strict";
import { configMap, workspace } from "../clients/rendering/rendering-harness.ts";
import type { Workspace } from "../clients/rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

const sliceOf = (version: string) =>
  `apiVersion: discovery.k8s.io/${version}\nkind: EndpointSlice\nmetadata: { name: s }\naddressType: IPv4\nendpoints: []\n`;

describe("fluxgate validate --manifests", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());
  const validate = (...args: string[]) =>
    fluxgate(space.checkout, ["validate", "--manifests", "m", ...args]);

  it("checks what is deployed against another Kubernetes version, with file and line", () => {
    space.put({
      "m/dev/a.yaml": `${configMap("a")}---\n${sliceOf("v1beta1")}`,
      "m/dev/kustomization.yaml": "resources: [a.yaml]\n",
      "m/dev/values.yaml": "replicas: 3\n",
    });
    assert.deepEqual(validate("--kubernetes-version", "1.36"), {
      code: 1,
      out: [],
      err: [
        "dev/a.yaml:6: EndpointSlice.discovery.k8s.io/s: discovery.k8s.io/v1beta1 EndpointSlice was removed in Kubernetes 1.25, the cluster has 1.36: use discovery.k8s.io/v1/EndpointSlice",
      ],
    });
  });

  it("says how many objects are fine, what has no schema and what is there twice", () => {
    space.put({
      "m/dev/api/a.yaml": configMap("a"),
      "m/dev/web/a.yaml": configMap("a"),
      "m/prod/api/a.yaml": configMap("a"),
      "m/prod/api/q.yaml": "apiVersion: a.io/v1\nkind: Q\nmetadata: { name: q }\n",
    });
    assert.deepEqual(validate(), {
      code: 0,
      out: ["4 objects in m, no problems"],
      err: [
        "warning: dev/api/a.yaml: ConfigMap/a is in dev/web/a.yaml as well",
        "warning: no schema for a.io/v1/Q: 1 object was not checked. Name a folder with its CustomResourceDefinition under validate.schemas",
      ],
    });
  });

  it("refuses a version and a check that it does not know", () => {
    space.put({ "m/a.yaml": configMap("a") });
    assert.match(validate("--kubernetes-version", "v1.36").err[0] ?? "", /not of the form 1.36/);
    assert.match(validate("--off", "all").err[0] ?? "", /no check "all": known are schema/);
  });
});
