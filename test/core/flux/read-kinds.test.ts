import assert from "node:assert/strict";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";

const source = "source.toolkit.fluxcd.io/v1";
const image = "image.toolkit.fluxcd.io/v1";
const kustomize = "kustomize.toolkit.fluxcd.io/v1";
const helm = "helm.toolkit.fluxcd.io/v2";

type Body = { readonly metadata?: object; readonly spec?: object; readonly status?: object };
const made = (apiVersion: string, kind: string, { metadata, ...body }: Body) =>
  parseFluxObject({
    apiVersion,
    kind,
    metadata: { name: "a", namespace: "n", ...metadata },
    ...body,
  });
const git = (name: string, namespace = "n") => ({ kind: "GitRepository", namespace, name });
const origin = {
  "org.opencontainers.image.revision": "main@sha1:1",
  "org.opencontainers.image.source": "https://a/b",
};

const bare = {
  ...{ path: "", source: { kind: "", namespace: "n", name: "" }, namePrefix: "", nameSuffix: "" },
  ...{ wait: false, prune: false, components: [], substitutes: false, substituteFrom: [] },
  ...{ dependsOn: [], healthChecks: [], buildSpec: {}, healthCheckExprs: [], inventory: [] },
};

type Row = readonly [what: string, given: readonly [string, string, Body], read: object];
const given = (apiVersion: string, kind: string, body: Body) => [apiVersion, kind, body] as const;
const rows: readonly Row[] = [
  [
    "a GitRepository that names all",
    given(source, "GitRepository", {
      spec: {
        url: "u",
        ref: { branch: "b", tag: "t", semver: "s", name: "r", commit: "c" },
        ignore: "/*",
        interval: "1m",
      },
      status: { artifact: { revision: "main@sha1:1", lastUpdateTime: "T" } },
    }),
    {
      url: "u",
      ref: { branch: "b", tag: "t", semver: "s", name: "r", commit: "c" },
      ignore: "/*",
      interval: 60_000,
      artifactRevision: "main@sha1:1",
      artifactStoredAt: "T",
    },
  ],
  ["a GitRepository that names nothing", given(source, "GitRepository", {}), { url: "", ref: {} }],
  [
    "one with others' files",
    given(source, "GitRepository", { spec: { include: [{ repository: { name: "b" } }] } }),
    { url: "", ref: {}, madeWith: "include" },
  ],
  [
    "one with submodules",
    given(source, "GitRepository", { spec: { include: [], recurseSubmodules: true } }),
    { url: "", ref: {}, madeWith: "recurseSubmodules" },
  ],
  [
    "one of some folders",
    given(source, "GitRepository", { spec: { sparseCheckout: ["a"], recurseSubmodules: false } }),
    { url: "", ref: {}, madeWith: "sparseCheckout" },
  ],
  [
    "one of all folders",
    given(source, "GitRepository", { spec: { sparseCheckout: [] } }),
    { url: "", ref: {} },
  ],
  [
    "an OCIRepository with its origin",
    given(source, "OCIRepository", {
      spec: { url: "oci://u" },
      status: { artifact: { revision: "1@sha256:2", metadata: origin } },
    }),
    {
      url: "oci://u",
      artifactRevision: "1@sha256:2",
      originRevision: "main@sha1:1",
      originSource: "https://a/b",
    },
  ],
  ["an OCIRepository that names nothing", given(source, "OCIRepository", {}), { url: "" }],
  [
    "an ExternalArtifact",
    given(source, "ExternalArtifact", {
      spec: { sourceRef: { kind: "ArtifactGenerator", name: "g" } },
      status: { artifact: { revision: "r", metadata: origin } },
    }),
    {
      source: { kind: "ArtifactGenerator", namespace: "n", name: "g" },
      artifactRevision: "r",
      originRevision: "main@sha1:1",
      originSource: "https://a/b",
    },
  ],
  [
    "an ExternalArtifact that nobody made",
    given(source, "ExternalArtifact", { spec: { sourceRef: { kind: "X" } } }),
    {},
  ],
  [
    "a HelmRepository",
    given(source, "HelmRepository", {
      spec: { url: "https://u" },
      status: { artifact: { revision: "r" } },
    }),
    { url: "https://u", oci: false, artifactRevision: "r" },
  ],
  [
    "a HelmRepository of a registry",
    given(source, "HelmRepository", { spec: { type: "oci" } }),
    { url: "", oci: true },
  ],
  [
    "a HelmChart",
    given(source, "HelmChart", {
      spec: {
        chart: "./charts/a/",
        sourceRef: git("g", "m"),
        valuesFiles: ["./v.yaml"],
        reconcileStrategy: "Revision",
      },
      status: { artifact: { revision: "1.0.0" }, observedSourceArtifactRevision: "main@sha1:1" },
    }),
    {
      chart: "charts/a",
      source: git("g", "m"),
      valuesFiles: ["v.yaml"],
      byRevision: true,
      artifactRevision: "1.0.0",
      observedSourceArtifactRevision: "main@sha1:1",
    },
  ],
  [
    "a HelmChart by its version",
    given(source, "HelmChart", { spec: { reconcileStrategy: "ChartVersion" } }),
    {
      chart: "",
      source: { kind: "", namespace: "n", name: "" },
      valuesFiles: [],
      byRevision: false,
    },
  ],
  [
    "an ImageUpdateAutomation",
    given(image, "ImageUpdateAutomation", {
      spec: {
        sourceRef: { name: "g" },
        update: { path: "./dev" },
        git: { push: { branch: "auto" } },
      },
      status: { lastPushCommit: "c" },
    }),
    { source: git("g"), path: "dev", pushBranch: "auto", lastPushCommit: "c" },
  ],
  [
    "an ImageRepository",
    given(image, "ImageRepository", { spec: { image: "r/a" } }),
    { image: "r/a" },
  ],
  ["an ImageRepository that names none", given(image, "ImageRepository", {}), { image: "" }],
  [
    "an ImagePolicy of Flux 2.5",
    given(image, "ImagePolicy", {
      spec: { imageRepositoryRef: { name: "i" } },
      status: { latestRef: { name: "r/a", tag: "1" }, latestImage: "r/a:0" },
    }),
    { repository: { kind: "ImageRepository", namespace: "n", name: "i" }, latest: "r/a:1" },
  ],
  [
    "an ImagePolicy of before",
    given(image, "ImagePolicy", {
      spec: { imageRepositoryRef: { name: "i", namespace: "m" } },
      status: { latestRef: { name: "r/a" }, latestImage: "r/a:0" },
    }),
    { repository: { kind: "ImageRepository", namespace: "m", name: "i" }, latest: "r/a:0" },
  ],
  [
    "a HelmRelease that names all",
    given(helm, "HelmRelease", {
      spec: {
        chart: { spec: { chart: "./c/", sourceRef: git("g"), valuesFiles: ["v.yaml"] } },
        valuesFrom: [{ kind: "Secret", name: "s" }],
        dependsOn: [{ name: "b" }, { name: "c", namespace: "m", readyExpr: "true" }],
        install: { disableWait: true },
        kubeConfig: { secretRef: { name: "k" } },
        healthCheckExprs: [
          { apiVersion: "x/v1", kind: "X", current: "c", inProgress: "p", failed: "f" },
        ],
      },
      status: {
        helmChart: "n/n-a",
        lastAttemptedRevision: "1.0.0",
        lastAttemptedRevisionDigest: "sha256:1",
        lastAttemptedGeneration: 2,
        lastAttemptedConfigDigest: "sha256:2",
        lastHandledResetAt: "R",
        inventory: { entries: [{ id: "n_a_apps_Deployment", v: "v1" }] },
      },
    }),
    {
      chart: { chart: "c", source: git("g"), valuesFiles: ["v.yaml"] },
      valuesFrom: [{ kind: "Secret", namespace: "n", name: "s" }],
      dependsOn: [
        { kind: "HelmRelease", namespace: "n", name: "b" },
        { kind: "HelmRelease", namespace: "m", name: "c", byExpression: true },
      ],
      disableWait: true,
      kubeConfig: { namespace: "n", name: "k" },
      healthCheckExprs: [{ group: "x", kind: "X", current: "c", inProgress: "p", failed: "f" }],
      helmChart: "n/n-a",
      lastAttemptedRevision: "1.0.0",
      lastAttemptedRevisionDigest: "sha256:1",
      lastAttemptedGeneration: 2,
      lastAttemptedConfigDigest: "sha256:2",
      ...{ resets: true, lastHandledResetAt: "R" },
      inventory: [{ group: "apps", version: "v1", kind: "Deployment", namespace: "n", name: "a" }],
    },
  ],
  [
    "a HelmRelease whose upgrades do not wait",
    given(helm, "HelmRelease", {
      spec: { upgrade: { disableWait: true }, chartRef: { kind: "OCIRepository", name: "o" } },
    }),
    {
      valuesFrom: [],
      dependsOn: [],
      disableWait: true,
      healthCheckExprs: [],
      inventory: [],
      resets: true,
      chartRef: { kind: "OCIRepository", namespace: "n", name: "o" },
    },
  ],
  [
    "a HelmRelease that names nothing",
    given(helm, "HelmRelease", { spec: { chartRef: {} } }),
    {
      ...{ valuesFrom: [], dependsOn: [], healthCheckExprs: [], inventory: [] },
      ...{ disableWait: false, resets: true },
    },
  ],
  [
    "a HelmRelease of Flux 2.1, which knows no reset",
    given("helm.toolkit.fluxcd.io/v2beta1", "HelmRelease", {}),
    {
      ...{ valuesFrom: [], dependsOn: [], healthCheckExprs: [], inventory: [] },
      ...{ disableWait: false, resets: false },
    },
  ],
  [
    "a Kustomization that names all",
    given(kustomize, "Kustomization", {
      spec: {
        path: "./a/b",
        sourceRef: { ...git("g"), namespace: "m" },
        namePrefix: "p-",
        nameSuffix: "-s",
        wait: true,
        prune: true,
        targetNamespace: "t",
        components: ["../c", "../../../d"],
        patches: [{ patch: "x" }],
        retryInterval: "1m",
        healthChecks: [{ kind: "Service", name: "s", namespace: "n" }],
        postBuild: { substitute: { a: "b" } },
        kubeConfig: { configMapRef: { name: "k" } },
        healthCheckExprs: [{ kind: "X" }],
      },
      status: {
        lastAppliedRevision: "1",
        lastAppliedOriginRevision: "2",
        lastAttemptedRevision: "3",
        inventory: { entries: [{ id: "n_a__Service" }, { id: "n_a" }, {}] },
      },
    }),
    {
      path: "a/b",
      source: git("g", "m"),
      namePrefix: "p-",
      nameSuffix: "-s",
      wait: true,
      prune: true,
      targetNamespace: "t",
      components: ["a/c"],
      substitutes: true,
      substituteFrom: [],
      dependsOn: [],
      healthChecks: [{ group: "", version: "", kind: "Service", namespace: "n", name: "s" }],
      buildSpec: {
        path: "./a/b",
        namePrefix: "p-",
        nameSuffix: "-s",
        targetNamespace: "t",
        components: ["../c", "../../../d"],
        patches: [{ patch: "x" }],
        postBuild: { substitute: { a: "b" } },
      },
      kubeConfig: { namespace: "n", name: "k" },
      healthCheckExprs: [{ group: "", kind: "X" }],
      lastAppliedRevision: "1",
      lastAppliedOriginRevision: "2",
      lastAttemptedRevision: "3",
      inventory: [{ group: "", version: "", kind: "Service", namespace: "n", name: "a" }],
    },
  ],
  ["a Kustomization that names nothing", given(kustomize, "Kustomization", {}), bare],
  [
    "one that leads to a cluster by words that nobody knows",
    given(kustomize, "Kustomization", { spec: { kubeConfig: { other: 1 } } }),
    { ...bare, kubeConfig: { namespace: "n", name: "?" } },
  ],
];

describe("what is read of Flux' objects", () => {
  const ofAll = [
    "kind",
    "name",
    "namespace",
    "labels",
    "annotations",
    "generation",
    "deleting",
    "suspended",
  ];
  for (const [what, asked, read] of rows) {
    it(`is all that the gate asks of ${what}`, () => {
      const object = made(...asked);
      assert.ok(object);
      const own = Object.entries(object).filter(
        ([field]) => ![...ofAll, "observedGeneration", "conditions"].includes(field),
      );
      assert.deepEqual(Object.fromEntries(own), read);
    });
  }

  it("is what all have in common", () => {
    const conditions = [
      {
        type: "Ready",
        status: "True",
        reason: "r",
        message: "m",
        observedGeneration: 2,
        lastTransitionTime: "T",
      },
      { type: "Odd", status: "Maybe" },
      { status: "True" },
    ];
    assert.deepEqual(
      made(source, "HelmRepository", {
        metadata: {
          uid: "u",
          generation: 3,
          deletionTimestamp: "T",
          labels: { a: "b" },
          annotations: { c: "d" },
          managedFields: [{ manager: "kubectl", fieldsV1: { "f:spec": { "f:suspend": {} } } }],
        },
        spec: { suspend: true, interval: "1h30m" },
        status: { observedGeneration: 2, lastHandledReconcileAt: "H", conditions },
      }),
      {
        ...{ kind: "HelmRepository", name: "a", namespace: "n", url: "", oci: false, uid: "u" },
        ...{ labels: { a: "b" }, annotations: { c: "d" }, generation: 3, deleting: true },
        ...{ suspended: true, suspendedBy: { manager: "kubectl" }, interval: 5_400_000 },
        ...{ observedGeneration: 2, lastHandledReconcileAt: "H" },
        conditions: [conditions[0], { type: "Odd", status: "Unknown", reason: "", message: "" }],
      },
    );
  });

  it("is as good as absent where it is of another type, or empty", () => {
    const chart = made(source, "HelmChart", {
      metadata: { generation: "3", labels: { a: "b", c: 1 } },
      spec: { sourceRef: { ...git("g"), namespace: "" }, valuesFiles: [1, "v.yaml"] },
    });
    assert.ok(chart?.kind === "HelmChart");
    assert.deepEqual(
      [chart.generation, chart.labels, chart.source, chart.valuesFiles],
      [...[0, { a: "b" }, git("g"), ["v.yaml"]]],
    );
  });

  for (const [what, object] of [
    ["without a name", { apiVersion: `${source}`, kind: "GitRepository", metadata: {} }],
    ["of another group", { apiVersion: "v1", kind: "GitRepository", metadata: { name: "a" } }],
    ["without a group", { kind: "GitRepository", metadata: { name: "a" } }],
    ["of another kind", { apiVersion: source, kind: "Secret", metadata: { name: "a" } }],
    ["that are none", 1],
  ] as const) {
    it(`is nothing of objects ${what}`, () => {
      assert.equal(parseFluxObject(object), undefined);
    });
  }
});
