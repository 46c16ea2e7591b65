import assert from "node:assert/strict";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { configMap, toolsOnPath, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate, fluxgateInFull } from "./cli-process.ts";

const sliceOf = (version: string) =>
  `apiVersion: discovery.k8s.io/${version}\nkind: EndpointSlice\nmetadata: { name: s }\naddressType: IPv4\nendpoints: []\n`;

describe("fluxgate validate --manifests", () => {
  before(() => ensureBuilt(["cli"]));
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());
  const validate = (...args: string[]) =>
    fluxgate(space.checkout, ["validate", "--manifests", "m", ...args]);

  it("says what was not checked without Flux's and Kubernetes' own code", () => {
    space.put({ "m/a.yaml": configMap("a") });
    const off = "it is switched off (FLUXGATE_KUBE is empty)";
    const byRules = `warning: the API server's own rules were not checked, only schemas: ${off}`;
    const byFlux = `warning: what Flux would build was not checked, only files as they lie there and what kubectl makes of kustomizations: ${off}`;
    const run = (kube?: string) =>
      fluxgateInFull(space.checkout, ["validate", "--manifests", "m"], kube).err;
    assert.deepEqual(run(), [byRules]);
    space.put({ "m/kustomization.yaml": "resources: [a.yaml]\n" });
    assert.deepEqual(run(), [byFlux, byRules]);
    const lost = run("/nowhere");
    assert.equal(lost.length, 2);
    for (const line of lost) assert.match(line, /cannot be used: ENOENT.*kube\.json/);
  });

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

  it("says which checks were off, and what an option had no effect on", () => {
    space.put({ "m/a.yaml": configMap("a"), "none/README.md": "" });
    const off = validate("--off", "schema", "--exclude", "gone/**", "--schemas", "none");
    assert.deepEqual(off.out, [
      "1 object in m for Kubernetes 1.36, no problems (not checked: schema)",
    ]);
    assert.match(off.err.join("\n"), /^warning: --exclude gone\/\*\* leaves nothing out$/m);
    assert.match(off.err.join("\n"), /--schemas \S+none holds no CustomResourceDefinition/);
    const every = ["schema", "rules", "names", "lifecycle", "placeholders", "secrets", "scope"];
    const none = validate(...every.flatMap((name) => ["--off", name]));
    assert.match(none.out.join(""), /1\.36, none of them checked: every check is off$/);
  });

  it("checks one file alone, with what stands around it left out", () => {
    space.put({ "m/a.yaml": sliceOf("v1"), "m/a.yaml.yaml": "a: [", "m/b.yaml": "kind: X\n" });
    const { code, out } = fluxgate(space.checkout, ["validate", "--manifests", "m/a.yaml"]);
    assert.deepEqual([code, out], [0, ["1 object in m/a.yaml for Kubernetes 1.36, no problems"]]);
  });

  it("takes no file for a folder of definitions", () => {
    space.put({ "m/a.yaml": configMap("a"), "crds.yaml": "kind: X\n" });
    const { code, err } = validate("--schemas", "crds.yaml");
    assert.equal(code, 1);
    assert.match(err.at(-1) ?? "", /schemas folder .*crds\.yaml: it is a file, not a folder$/);
  });

  it("finds nothing right where there is nothing to look at", () => {
    space.put({ "m/README.md": "nothing yet\n", "m/values.yaml": "a: 1\n" });
    const [none, hidden] = [validate(), validate("--exclude", "**")];
    for (const { code, err } of [none, hidden]) {
      assert.equal(code, 1);
      assert.match(err.at(-1) ?? "", /^m holds no manifest that Flux would apply/);
    }
  });

  it("says how many objects are fine, what has no schema and what is there twice", () => {
    space.put({
      "m/dev/api/a.yaml": configMap("a"),
      "m/dev/web/a.yaml": configMap("a"),
      "m/prod/api/a.yaml": configMap("a"),
      "m/prod/api/q.yaml": "apiVersion: a.io/v1\nkind: Q\nmetadata: { name: q }\n",
      // Grafana's; it counts its versions.
      "m/prod/api/dashboards.yaml": "apiVersion: 1\nproviders: [{ name: all }]\n",
    });
    assert.deepEqual(validate(), {
      code: 0,
      out: ["4 objects in m for Kubernetes 1.36, no problems"],
      err: [
        "warning: dev/api/a.yaml: ConfigMap/a is in dev/web/a.yaml as well: in one cluster each overwrites the other",
        "warning: no schema for a.io/v1/Q: 1 object was not checked. Name a folder with its CustomResourceDefinition by --schemas",
      ],
    });
  });

  it("judges rules of definitions, and takes the Secrets that are named as none", () => {
    const secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: motd }\n";
    space.put({
      "m/r.yaml":
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r }\nspec: { interval: 1m }\n",
      "m/s.yaml": `${secret}stringData: { motd: hello }\n`,
    });
    assert.deepEqual(validate("--allow-secret", "motd", "--allow-secret", "shop/gone"), {
      code: 1,
      out: [],
      err: [
        "warning: --allow-secret shop/gone matches no Secret",
        "r.yaml:1: HelmRelease.helm.toolkit.fluxcd.io/r: spec: either chart or chartRef must be set",
      ],
    });
  });

  it("checks what an overlay makes of its bases, not its patches as if they were objects", async () => {
    const tools = await toolsOnPath();
    const patch = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { b: VALUE }\n";
    space.put({
      "m/base/a.yaml": configMap("a"),
      "m/base/kustomization.yaml": "resources: [a.yaml]\n",
      "m/prod/patch.yaml": patch.replace("VALUE", "2"),
      "m/prod/kustomization.yaml": "resources: [../base]\npatches: [{ path: patch.yaml }]\n",
      "m/.tool.yaml": "kind: ToolConfiguration\n",
    });
    try {
      assert.deepEqual(validate().err, ["prod: ConfigMap/a: data.b must be a text, not 2"]);
      space.put({ "m/prod/patch.yaml": patch.replace("VALUE", '"2"') });
      assert.deepEqual(validate().out, ["2 objects in m for Kubernetes 1.36, no problems"]);
      const remote = "resources: [https://example.com/base]\nnamePrefix: x-\n";
      space.put({ "m/prod/kustomization.yaml": remote, "m/prod/patch.yaml": undefined });
      assert.match(validate().err[0] ?? "", /^warning: prod\/kustomization.yaml:1: .*is remote/);
    } finally {
      tools.restore();
    }
  });

  it("says that overlays were not built where there is no kubectl", () => {
    space.put({
      "m/prod/a.yaml": configMap("a"),
      "m/prod/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: x-\n",
    });
    const path = process.env["PATH"];
    process.env["PATH"] = "/usr/sbin:/sbin";
    try {
      assert.deepEqual(validate().err, [
        "warning: 1 overlay was not built and checked: failed to find tool kubectl: it is not on PATH",
      ]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("takes objects for one another's doubles only where Flux applies them together", () => {
    const applied = (name: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: f }\nspec: { interval: 1m, prune: true, path: ./apps/${name}, sourceRef: { kind: GitRepository, name: f } }\n`;
    space.put({
      "m/clusters/a/apps.yaml": applied("a"),
      "m/clusters/b/apps.yaml": applied("b"),
      "m/apps/a/x.yaml": configMap("x"),
      "m/apps/b/x.yaml": configMap("x"),
    });
    assert.deepEqual(validate().err, []);
    space.put({ "m/apps/b/deep/er/y.yaml": configMap("x") });
    assert.deepEqual(validate().err, [
      "warning: apps/b/deep/er/y.yaml: ConfigMap/x is in apps/b/x.yaml as well: in one cluster each overwrites the other",
    ]);
  });

  it("refuses a version and a check that it does not know", () => {
    space.put({ "m/a.yaml": configMap("a") });
    assert.match(validate("--kubernetes-version", "v1.36").err[0] ?? "", /not of the form 1.36/);
    assert.match(validate("--off", "all").err[0] ?? "", /no check "all": known are schema/);
  });
});
