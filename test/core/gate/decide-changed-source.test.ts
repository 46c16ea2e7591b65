// X changes where something comes from: what builds from it is Ready with what was there before.
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import {
  api,
  cluster,
  healthy,
  helmChart,
  helmRelease,
  kustomization,
  source,
} from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const toolkit = { group: "source.toolkit.fluxcd.io", version: "v1", namespace: "shop" };
const file = { path: "dev/source.yaml", removed: false };
const ready = { type: "Ready", status: "True", reason: "Succeeded", message: "" };

type Facts = {
  readonly revision: string;
  /** Its controller has seen the generation before X's. */
  readonly unseen?: true;
  readonly suspend?: true;
};

function origin(kind: string, { revision, unseen, suspend }: Facts): FluxObject {
  const object = parseFluxObject({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind },
    metadata: { name: "origin", namespace: "shop", generation: 2 },
    spec: { url: "https://charts.fabrikam.com", suspend },
    status: {
      observedGeneration: unseen ? 1 : 2,
      artifact: { revision },
      conditions: [ready],
    },
  });
  if (!object) throw new Error("no Flux object");
  return object;
}

function changed(kind: string, flux: readonly FluxObject[], entry: string): Partial<GateInput> {
  const health = { [`${kind}.source.toolkit.fluxcd.io/shop/origin`]: healthy };
  const inventory = [`shop_origin_source.toolkit.fluxcd.io_${kind}`, entry];
  return {
    changed: [{ ...file, identities: [{ ...api, ...toolkit, kind, name: "origin" }] }],
    clusters: [cluster({ flux: [source(), kustomization({ inventory }), ...flux], health })],
  };
}

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const inRegistry = (facts: Facts, status: object) =>
  changed(
    "OCIRepository",
    [
      origin("OCIRepository", facts),
      helmRelease({
        spec: { chartRef: { kind: "OCIRepository", name: "origin" } },
        status: { lastAttemptedRevision: "1.2.3", ...status },
      }),
    ],
    "shop_api_helm.toolkit.fluxcd.io_HelmRelease",
  );
const inGit = (facts: Facts, applied: string) => {
  const nested = parseFluxObject({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "platform", namespace: "shop", generation: 1 },
    spec: { path: "./", sourceRef: { kind: "GitRepository", name: "origin" } },
    status: { observedGeneration: 1, lastAppliedRevision: applied, conditions: [ready] },
  });
  return changed(
    "GitRepository",
    [origin("GitRepository", facts), ...(nested ? [nested] : [])],
    "shop_platform_kustomize.toolkit.fluxcd.io_Kustomization",
  );
};
const inIndex = (facts: Facts, looked: string) => {
  const chart = helmChart({});
  const spec = {
    chart: { spec: { chart: "api", sourceRef: { kind: "HelmRepository", name: "origin" } } },
  };
  return changed(
    "HelmRepository",
    [
      origin("HelmRepository", facts),
      { ...chart, observedSourceArtifactRevision: looked } as FluxObject,
      helmRelease({ spec, status: { helmChart: "shop/api" } }),
    ],
    "shop_api_helm.toolkit.fluxcd.io_HelmRelease",
  );
};
const one = { revision: `1.2.3@${digest("a")}` };
const two = { revision: `1.2.4@${digest("b")}` };

const rows: readonly Row[] = [
  {
    says: "an artefact that is not fetched again holds",
    given: inRegistry({ ...one, unseen: true }, { lastAttemptedRevisionDigest: digest("a") }),
    then: "waiting applied",
    text: /OCIRepository shop\/origin, which changed: its controller has not looked at generation 2/,
  },
  {
    says: "one that is fetched and not taken holds",
    given: inRegistry(two, { lastAttemptedRevisionDigest: digest("a") }),
    then: "waiting applied",
    text: /has not tried 1.2.4@sha256:b+ of OCIRepository shop\/origin yet/,
  },
  {
    says: "one that is taken counts",
    given: inRegistry(two, { lastAttemptedRevisionDigest: digest("b") }),
    then: "succeeded",
  },
  {
    says: "by its first letters, where an older Flux says no more",
    given: inRegistry(two, { lastAttemptedRevision: `1.2.4+${"b".repeat(12)}` }),
    then: "succeeded",
  },
  {
    says: "one that somebody suspended is said to be",
    given: inRegistry({ ...one, suspend: true }, {}),
    then: "waiting suspended",
    text: /its source OCIRepository shop\/origin is suspended/,
  },
  {
    says: "another repository of a nested Kustomization holds until its commit is applied",
    given: inGit({ revision: "v2@sha1:2" }, "v1@sha1:1"),
    then: "waiting applied",
    text: /Kustomization shop\/platform: has not applied/,
  },
  {
    says: "and counts then",
    given: inGit({ revision: "v2@sha1:2" }, "v2@sha1:2"),
    then: "succeeded",
  },
  {
    says: "a repository of charts holds until the chart was looked for in it",
    given: inIndex({ revision: digest("b") }, digest("a")),
    then: "waiting applied",
    text: /HelmChart shop\/api has not looked at HelmRepository shop\/origin as it is now yet/,
  },
  {
    says: "and counts then, too",
    given: inIndex({ revision: digest("b") }, digest("b")),
    then: "succeeded",
  },
  {
    says: "a kind that is not watched cannot be told",
    given: changed(
      "Bucket",
      [
        helmRelease({
          spec: {
            chart: { spec: { chart: "api", sourceRef: { kind: "Bucket", name: "origin" } } },
          },
        }),
      ],
      "shop_api_helm.toolkit.fluxcd.io_HelmRelease",
    ),
    then: "waiting health-unknown",
    text: /Bucket shop\/origin, which changed, cannot be told/,
  },
];

describeRows("a source that X changed", rows);
