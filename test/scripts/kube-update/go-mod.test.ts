import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { componentsOf, fluxPins } from "../../../scripts/kube/update/flux-pins.ts";
import { goModules } from "../../../scripts/kube/update/go-modules.ts";
import { readMod } from "../../../scripts/kube/update/read-mod.ts";
import { rewriteMod } from "../../../scripts/kube/update/rewrite-mod.ts";
import { changesBetween } from "../../../scripts/kube/update/report.ts";

const flux2 = `module github.com/fluxcd/flux2/v2

go 1.26.0

require (
\tgithub.com/fluxcd/kustomize-controller/api v1.10.0
\tgithub.com/fluxcd/source-watcher/api/v2 v2.3.0
\tgithub.com/fluxcd/pkg/ssa v0.70.0
)
`;
const controller = `module github.com/fluxcd/kustomize-controller

go 1.26.0

replace github.com/opencontainers/go-digest => github.com/opencontainers/go-digest v1.0.1

require (
\tgithub.com/fluxcd/pkg/ssa v0.80.0
\tgithub.com/fluxcd/pkg/envsubst v1.8.0 // indirect
\tsigs.k8s.io/kustomize/api v0.21.9
)

// Pin kustomize
replace (
\tsigs.k8s.io/kustomize/api => sigs.k8s.io/kustomize/api v0.22.0
)
`;
const ours = `module fluxgate.dev/kube

go 1.26.0

toolchain go1.26.8

replace sigs.k8s.io/kustomize/api => sigs.k8s.io/kustomize/api v0.21.1

replace k8s.io/api => k8s.io/api v0.36.3

replace k8s.io/gone => k8s.io/gone v0.36.3

require (
\tgithub.com/fluxcd/pkg/ssa v0.76.1
\tk8s.io/api v0.36.3
\tk8s.io/kubernetes v1.36.3
)

require (
\tgithub.com/fluxcd/pkg/envsubst v1.7.0 // indirect
\tgithub.com/google/uuid v1.6.0 // indirect
\tk8s.io/klog/v2 v2.140.0 // indirect
\tk8s.io/kms v0.0.0 // indirect
)
`;

describe("Go modules in an update of Flux and Kubernetes", () => {
  const components = componentsOf(readMod(flux2));
  const pins = {
    kubernetes: { from: "v1.36.3", to: "v1.37.2" },
    staging: ["k8s.io/new", "k8s.io/api"],
    flux: fluxPins(components, readMod(controller)),
    go: "1.27.0",
    toolchain: "go1.27.3",
  };

  it("take Flux's controllers from its release", () => {
    const expected = { "kustomize-controller": "v1.10.0", "source-watcher": "v2.3.0" };
    assert.deepEqual(Object.fromEntries(components), expected);
  });

  it("take from kustomize-controller what it builds and applies with, as it is pinned there", () => {
    assert.equal(pins.flux.get("github.com/fluxcd/pkg/ssa"), "v0.80.0");
    assert.equal(pins.flux.get("sigs.k8s.io/kustomize/api"), "v0.22.0");
    assert.equal(pins.flux.get("github.com/fluxcd/kustomize-controller/api"), "v1.10.0");
    assert.equal(pins.flux.get("github.com/opencontainers/go-digest"), undefined);
  });

  it("move all that belongs together, and leave the rest", () => {
    const expected = ours
      .replace("go 1.26.0", "go 1.27.0")
      .replace("go1.26.8", "go1.27.3")
      .replace("kustomize/api v0.21.1", "kustomize/api v0.22.0")
      .replaceAll("k8s.io/api v0.36.3", "k8s.io/api v0.37.2")
      .replace("k8s.io/gone => k8s.io/gone v0.36.3", "k8s.io/new => k8s.io/new v0.37.2")
      .replace("ssa v0.76.1", "ssa v0.80.0")
      .replace("kubernetes v1.36.3", "kubernetes v1.37.2")
      .replace("envsubst v1.7.0", "envsubst v1.8.0");
    assert.equal(rewriteMod(ours, pins), expected);
  });

  for (const { folder } of goModules) {
    it(`leave ${folder} as it is where its versions stand already`, () => {
      const file = resolve(import.meta.dirname, "../../..", folder, "go.mod");
      const text = readFileSync(file, "utf8");
      const { go, requires, replaces } = readMod(text);
      const at = requires.get("k8s.io/kubernetes") ?? "v1.0.0";
      const standing = {
        kubernetes: { from: at, to: at },
        staging: [...replaces.keys()].filter((name) => name.startsWith("k8s.io/")),
        flux: new Map([...requires].filter(([name]) => name.startsWith("github.com/fluxcd/"))),
        go,
        toolchain: /^toolchain (\S+)$/m.exec(text)?.[1] ?? "",
      };
      assert.equal(rewriteMod(text, standing), text);
    });
  }

  it("are told by what moved, the many others by their number", () => {
    const file = "kube/go/go.mod";
    const told = changesBetween(new Map([[file, ours]]), new Map([[file, rewriteMod(ours, pins)]]));
    assert.deepEqual(told, [
      `${file}: github.com/fluxcd/pkg/ssa v0.76.1 → v0.80.0, k8s.io/kubernetes v1.36.3 → v1.37.2, ` +
        "github.com/fluxcd/pkg/envsubst v1.7.0 → v1.8.0, go 1.26.8 → 1.27.3, 1 others",
    ]);
    assert.deepEqual(changesBetween(new Map([[file, ours]]), new Map([[file, ours]])), []);
  });
});
