import { type ServerCase, object } from "./server-case.ts";

const from = (apiVersion: string, kind: string, spec: string) =>
  object(apiVersion.replace("/", ".toolkit.fluxcd.io/"), kind, `spec: { ${spec} }`);
const source = "sourceRef: { kind: GitRepository, name: a }";

/** Of each kind of Flux's four usual controllers: an object that is taken, and changes of it. */
export const fluxCases: Readonly<Record<string, ServerCase>> = {
  Kustomization: {
    valid: from("kustomize/v1", "Kustomization", `interval: 10m, prune: true, ${source}`),
    wrong: [
      { "spec.interval": null },
      { "spec.interval": "ten minutes" },
      { "spec.interval": 600 },
      { "spec.prune": null },
      { "spec.prune": "yes" },
      { "spec.dependson": [{ name: "b" }] },
      { "spec.sourceRef.kind": "HelmRepository" },
      { "spec.kubeConfig": {} },
      { "spec.kubeConfig": { secretRef: { name: "a" }, configMapRef: { name: "b" } } },
      { "spec.patches": [{ target: { kind: "Deployment" } }] },
      { "spec.targetNamespace": "" },
      { "spec.postBuild": { substitute: { A: 1 } } },
      { "spec.decryption": { provider: "vault" } },
      { "spec.healthChecks": [{ name: "a" }] },
    ],
    fine: [
      { "spec.interval": "1h30m" },
      { "spec.interval": "0.5h" },
      { "spec.sourceRef.kind": "OCIRepository" },
      { "spec.postBuild": { substitute: { A: "1" } } },
      { "spec.kubeConfig": { secretRef: { name: "a" } } },
    ],
  },
  HelmRelease: {
    valid: from(
      ...(["helm/v2", "HelmRelease"] as const),
      "interval: 10m, chartRef: { kind: OCIRepository, name: a }, values: { any: { thing: [1, 2.5, true, null] } }",
    ),
    wrong: [
      { "spec.interval": null },
      { "spec.chartRef": null },
      { "spec.chart": { spec: { chart: "a", sourceRef: { kind: "HelmRepository", name: "a" } } } },
      { "spec.valuesFrom": [{ kind: "Secrets", name: "a" }] },
      { "spec.install": { crds: "create" } },
      { "spec.upgrade": { strategy: { name: "RemediateOnFailure", retryInterval: "1m" } } },
      { "spec.releaseName": "a".repeat(54) },
      { "spec.value": { a: 1 } },
      { "spec.timeout": "5 min" },
    ],
    fine: [
      { "spec.install": { crds: "CreateReplace", strategy: { name: "RetryOnFailure" } } },
      { "spec.values": { a: "{{ .Release.Name }}" } },
      // helm-controller refuses it, the definition has no type there.
      { "spec.values": "a: 1" },
      { "spec.releaseName": "a".repeat(53) },
    ],
  },
  GitRepository: {
    valid: from("source/v1", "GitRepository", "interval: 1m, url: 'https://a.b/c'"),
    wrong: [
      { "spec.url": "git@a.b:c/d.git" },
      { "spec.url": null },
      { "spec.ref": { branch: 1 } },
      { "spec.serviceAccountName": "a" },
      { "spec.branch": "main" },
    ],
    fine: [
      { "spec.url": "ssh://git@a.b/c" },
      { "spec.provider": "azure", "spec.serviceAccountName": "a" },
    ],
  },
  OCIRepository: {
    valid: from("source/v1", "OCIRepository", "interval: 1m, url: 'oci://a.b/c'"),
    wrong: [{ "spec.url": "https://a.b/c" }, { "spec.ref": { digest: 1 } }],
    fine: [{ "spec.ref": { semver: ">=1.0.0" } }],
  },
  HelmRepository: {
    valid: from("source/v1", "HelmRepository", "interval: 1m, url: 'https://a.b'"),
    wrong: [{ "spec.type": "git" }, { "spec.url": "ftp://a.b" }],
    fine: [{ "spec.type": "oci", "spec.url": "oci://a.b" }],
  },
  HelmChart: {
    valid: from(
      ...(["source/v1", "HelmChart"] as const),
      "interval: 1m, chart: a, sourceRef: { kind: HelmRepository, name: a }",
    ),
    wrong: [
      { "spec.reconcileStrategy": "Always" },
      { "spec.sourceRef.kind": "Bucket", "spec.verify": { provider: "cosign" } },
    ],
    fine: [{ "spec.verify": { provider: "cosign" } }],
  },
  Bucket: {
    valid: from("source/v1", "Bucket", "interval: 1m, bucketName: a, endpoint: a.b"),
    wrong: [
      { "spec.bucketName": null },
      { "spec.provider": "minio" },
      { "spec.serviceAccountName": "a" },
      { "spec.provider": "gcp", "spec.sts": { provider: "aws", endpoint: "https://a.b" } },
    ],
    fine: [{ "spec.provider": "aws", "spec.serviceAccountName": "a" }],
  },
  Alert: {
    valid: from(
      ...(["notification/v1beta3", "Alert"] as const),
      "providerRef: { name: a }, eventSources: [{ kind: Kustomization, name: '*' }]",
    ),
    wrong: [{ "spec.providerRef": null }, { "spec.eventSeverity": "warn" }],
    fine: [{ "spec.eventSeverity": "error" }],
  },
  Provider: {
    valid: from("notification/v1beta3", "Provider", "type: azuredevops"),
    wrong: [
      { "spec.type": "carrier-pigeon" },
      { "spec.type": "slack", "spec.commitStatusExpr": "'a'" },
    ],
    fine: [{ "spec.commitStatusExpr": "'a'" }],
  },
  Receiver: {
    valid: from(
      ...(["notification/v1", "Receiver"] as const),
      "type: generic, secretRef: { name: a }, resources: [{ kind: GitRepository, name: a }]",
    ),
    wrong: [{ "spec.secretRef": null }, { "spec.resources": null }, { "spec.type": "svn" }],
    fine: [{ "spec.type": "generic-hmac" }],
  },
};
