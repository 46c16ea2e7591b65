import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { helmRelease, kustomization, running } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const file = {
  ...{ path: "dev/api/hr.yaml", removed: false },
  identities: [
    {
      ...{ group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" },
      ...{ namespace: "shop", name: "api" },
    },
  ],
};
const inventory = ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"];

function made(kind: string, name: string, of: { spec?: object; ready?: object } = {}): FluxObject {
  const found = parseFluxObject({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind },
    metadata: { name, namespace: "shop", generation: 1 },
    spec: of.spec ?? {},
    status: {
      observedGeneration: 1,
      conditions: of.ready ? [{ type: "Ready", status: "False", ...of.ready }] : [],
    },
  });
  if (found === undefined) throw new Error(`${kind} is no kind of Flux`);
  return found;
}

const waiting = { status: "False", reason: "SourceNotReady" } as const;
const release = helmRelease({
  ready: { ...waiting, message: "HelmChart 'shop/shop-api' is not ready" },
  spec: {
    chart: { spec: { chart: "api", sourceRef: { kind: "HelmRepository", name: "charts" } } },
  },
  status: { helmChart: "shop/shop-api" },
});
const chart = made("HelmChart", "shop-api", {
  spec: { chart: "api", sourceRef: { kind: "HelmRepository", name: "charts" } },
  ready: { reason: "NoSourceArtifact", message: "no artifact available for HelmRepository" },
});
const rows = (flux: readonly FluxObject[]) => ({
  changed: [file],
  clusters: [running([kustomization({ inventory }), ...flux])],
});

const unheard = (of: { readonly spec?: object; readonly at?: number } = {}) => ({
  ...helmRelease({
    ready: { observedGeneration: of.at ?? 1 },
    spec: of.spec
      ? { ...of.spec }
      : {
          chart: { spec: { chart: "api", sourceRef: { kind: "HelmRepository", name: "charts" } } },
        },
    status: { helmChart: "shop/shop-api" },
  }),
  generation: 2,
});
const unheardText = /not looked at generation 2 yet; where it stays so, .*HelmChartSyncErr\)$/;

const held: readonly Row[] = [
  {
    says: "a HelmRelease by what it says of no generation: its HelmChart cannot be applied",
    given: rows([unheard(), chart]),
    then: "waiting applied",
    text: unheardText,
  },
  {
    says: "but not one that takes the chart of another object",
    given: rows([unheard({ spec: { chartRef: { kind: "HelmChart", name: "shop-api" } } }), chart]),
    then: "waiting applied",
    text: /not looked at generation 2 yet$/,
  },
  {
    says: "nor one that has begun with it",
    given: rows([unheard({ at: 2 }), chart]),
    then: "waiting applied",
    text: /not finished generation 2 yet$/,
  },
  {
    says: "a HelmRelease by its chart, and that by its repository",
    given: rows([
      release,
      chart,
      made("HelmRepository", "charts", {
        ready: { reason: "IndexationFailed", message: "failed to fetch index: 401 Unauthorized" },
      }),
    ]),
    then: "waiting applied",
    text: /is not ready; HelmRepository shop\/charts: IndexationFailed: .*401 Unauthorized/,
  },
  {
    says: "by the chart alone where the repository may not be watched",
    given: rows([release, chart]),
    then: "waiting applied",
    text: /is not ready; HelmChart shop\/shop-api: NoSourceArtifact: no artifact/,
  },
  {
    says: "not by a registry, of which its controller says nothing",
    given: rows([release, chart, made("HelmRepository", "charts", { spec: { type: "oci" } })]),
    then: "waiting applied",
    text: /; HelmChart shop\/shop-api: NoSourceArtifact/,
  },
  {
    says: "a HelmRelease by the release that it depends on",
    given: rows([
      helmRelease({
        ready: { ...waiting, reason: "DependencyNotReady", message: "dependency is not ready" },
        spec: { dependsOn: [{ name: "base" }] },
      }),
    ]),
    then: "waiting applied",
    text: /dependency is not ready; HelmRelease shop\/base: it has not been seen/,
  },
  {
    says: "a Kustomization by its artefact's maker",
    given: {
      clusters: [
        running([
          kustomization({
            applied: "b".repeat(40),
            ready: { status: "False", reason: "DependencyNotReady", message: "not ready" },
            spec: { dependsOn: [{ name: "base" }] },
          }),
          kustomization({
            ...{ name: "base", environment: "" },
            ready: { status: "False", reason: "ArtifactFailed", message: "not found, retrying" },
            spec: { sourceRef: { kind: "ExternalArtifact", name: "split", namespace: "shop" } },
          }),
          made("ExternalArtifact", "split", {
            ready: { reason: "OverwriteFailed", message: "no such folder apps/base" },
          }),
        ]),
      ],
    },
    then: "waiting applied",
    text: /; ExternalArtifact shop\/split: OverwriteFailed: no such folder/,
  },
];

const only = { namespaces: ["flux-system"] };
const outside: readonly Row[] = [
  {
    says: "an object of an inventory is not readable, rather than not there",
    given: {
      changed: [file],
      clusters: [{ ...running([kustomization({ inventory })]), ...only }],
    },
    then: "waiting applied",
    text: /HelmRelease shop\/api: is in namespace shop, which this connector may not read/,
  },
  {
    says: "a source is not readable, rather than another one",
    given: {
      clusters: [
        {
          ...running([
            kustomization({
              spec: { sourceRef: { kind: "GitRepository", name: "a", namespace: "b" } },
            }),
          ]),
          ...only,
        },
      ],
    },
    then: "waiting concerned",
    text: /its source GitRepository b\/a is in namespace b, which this connector may not read/,
  },
  {
    says: "a dependency is not readable",
    given: {
      clusters: [
        {
          ...running([
            kustomization({
              applied: "b".repeat(40),
              ready: { status: "False", reason: "DependencyNotReady", message: "not ready" },
              spec: { dependsOn: [{ name: "base", namespace: "infra" }] },
            }),
          ]),
          ...only,
        },
      ],
    },
    then: "waiting applied",
    text: /Kustomization infra\/base: is in namespace infra, which this connector may not read/,
  },
];

describeRows("where the connector may read only some namespaces", outside);
describeRows("what holds an object, in the words of the end of the chain", held);
