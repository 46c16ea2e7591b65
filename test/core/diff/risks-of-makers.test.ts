import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const resourceSet = spec("fluxcd.controlplane.io/v1", "ResourceSet");
const application = spec("argoproj.io/v1alpha1", "Application");
const gone = (api: string, kind: string, spec: object = {}) =>
  [of(api, kind, { spec }), []] as const;
const goes = "is removed, and Flux deletes it where it prunes";
const all = "its controller deletes everything that it made";

describe("what is said of objects of which a controller makes others", () => {
  saysOfRisks([
    [
      "one input less",
      resourceSet({ inputs: [{ t: "a" }, { t: "b" }] }, { inputs: [{ t: "a" }] }),
      "high unknown-effect: changes the objects that it makes of its inputs: it is not known here",
    ],
    [
      "another version of Flux",
      spec("fluxcd.controlplane.io/v1", "FluxInstance")(
        { distribution: { version: "2.5.x" } },
        { distribution: { version: "2.6.x" } },
      ),
      "high unknown-effect: changes Flux itself: it is not known here",
    ],
    [
      "another revision for Argo CD",
      application({ source: { targetRevision: "v1" } }, { source: { targetRevision: "v2" } }),
      "high unknown-effect: changes what Argo CD applies: it is not known here",
    ],
    ["what Argo CD does not apply by", application({ revisionHistoryLimit: 3 }, {})],
    [
      "a new one",
      [[], of("helm.cattle.io/v1", "HelmChart", { spec: { chart: "x" } })],
      "medium unknown-effect: decides what its chart makes: it is not known here",
    ],
    [
      "one that goes",
      [of("fluxcd.controlplane.io/v1", "ResourceSet", { spec: {} }), []],
      `high removal: ${goes}: ${all}`,
    ],
    [
      "one that goes and leaves what it made",
      [of("argoproj.io/v1alpha1", "Application", { spec: {} }), []],
      `medium removal: ${goes}`,
    ],
    [
      "what Terraform made, where nobody tells it to destroy that",
      gone("infra.contrib.fluxcd.io/v1alpha2", "Terraform"),
      `medium removal: ${goes}`,
    ],
    [
      "what Terraform made, where somebody does",
      gone("infra.contrib.fluxcd.io/v1alpha2", "Terraform", { destroyResourcesOnDeletion: true }),
      `high removal: ${goes}: ${all}`,
    ],
    [
      "what kapp applied",
      gone("kappctrl.k14s.io/v1alpha1", "App"),
      `high removal: ${goes}: ${all}`,
    ],
    [
      "what kapp applied, and leaves",
      gone("kappctrl.k14s.io/v1alpha1", "App", { noopDelete: true }),
      `medium removal: ${goes}`,
    ],
    [
      "what Fleet applied, and keeps",
      gone("fleet.cattle.io/v1alpha1", "GitRepo", { keepResources: true }),
      `medium removal: ${goes}`,
    ],
    [
      "what Config Sync applied",
      gone("configsync.gke.io/v1beta1", "RootSync"),
      `medium removal: ${goes}`,
    ],
    [
      "another major version of a chart, of which nobody knows whether it keeps data",
      spec("helm.cattle.io/v1", "HelmChart")({ version: "1.2.3" }, { version: "2.0.0" }),
      "high unknown-effect: changes what its chart makes: it is not known here",
    ],
    [
      "one that goes with what it made",
      [
        of("argoproj.io/v1alpha1", "Application", {
          metadata: {
            ...{ name: "api", namespace: "shop" },
            finalizers: ["resources-finalizer.argocd.argoproj.io"],
          },
        }),
        [],
      ],
      `high removal: ${goes}: ${all}`,
    ],
    ["one as before", resourceSet({ inputs: [] }, { inputs: [] })],
  ]);

  it("calls the review of such a change not complete", () => {
    const file = (version: string) => [
      {
        path: "prod/flux.yaml",
        text: `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: f}\nspec: {distribution: {version: ${version}}}\n`,
      },
    ];
    const { complete, problems } = compareTrees(file("2.5.x"), file("2.6.x"));
    assert.equal(complete, false);
    assert.deepEqual(problems, [
      {
        file: "prod/flux.yaml",
        message: "FluxInstance f/flux changes Flux itself: it is not known here",
      },
    ]);
  });

  it("takes one folder spelt otherwise for the same, of which nothing need be known", () => {
    const of = (path: string, source: object) =>
      [
        {
          path: "prod/flux.yaml",
          text: JSON.stringify({
            ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
            metadata: { name: "x", namespace: "f" },
            spec: { path, sourceRef: { kind: "GitRepository", name: "other", ...source } },
          }),
        },
      ] as const;
    const compared = compareTrees(of("./a/b", {}), of("a/b/", { namespace: "f" }));
    assert.deepEqual([compared.complete, compared.risks], [true, []]);
    const other = compareTrees(of("./a/b", {}), of("./a", {}));
    assert.equal(other.complete, false);
  });
});
