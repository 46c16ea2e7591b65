import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { findKube, readKubeLock } from "../../kube/open-node.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("where the modules are found", () => {
  const before = process.env["FLUXGATE_KUBE"];
  afterEach(() => {
    if (before === undefined) delete process.env["FLUXGATE_KUBE"];
    else process.env["FLUXGATE_KUBE"] = before;
  });

  it("is what FLUXGATE_KUBE names, and nowhere when that is empty", () => {
    process.env["FLUXGATE_KUBE"] = "/opt/kube";
    assert.equal(findKube(), "/opt/kube");
    process.env["FLUXGATE_KUBE"] = "kube-of-mine";
    assert.equal(findKube(), resolve("kube-of-mine"));
    process.env["FLUXGATE_KUBE"] = "";
    assert.equal(findKube(), undefined);
  });
});

describe("what the modules were made of", () => {
  it("is the Kubernetes that the code says it is", async function () {
    const folder = await kubeFromCache();
    if (folder === undefined) this.skip();
    const { kubernetes, fluxKustomize } = readKubeLock(folder);
    assert.match(text("kube/go/go.mod"), new RegExp(`k8s.io/kubernetes v${kubernetes}\n`));
    assert.match(text("kube/go/go.mod"), new RegExp(`fluxcd/pkg/kustomize v${fluxKustomize}\n`));
    const minor = kubernetes.split(".")[1] ?? "";
    assert.match(text("kube/go/validate/lifecycle.go"), new RegExp(`minor = ${minor}\n`));
  });
});
