const configMap = (metadata: string) =>
  `{ apiVersion: v1, kind: ConfigMap, metadata: ${metadata} }`;
const named = (
  ...[apiVersion, kind, name, more = ""]: [api: string, kind: string, name: string, more?: string]
) => `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: "${name}" } ${more} }`;
const rbac = "rbac.authorization.k8s.io/v1";
const pod = `{ metadata: { labels: { app: a } }, spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }`;
const deployment = (labels: string, ports = "[]") =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { selector: { matchLabels: { app: a } }, template: { metadata: ${labels}, spec: { containers: [{ name: a, image: a, ports: ${ports} }] } } } }`;
const statefulSet = (name: string) =>
  named(
    "apps/v1",
    "StatefulSet",
    name,
    `, spec: { serviceName: a, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } } }`,
  );
const service = (name: string, ports = "[{ port: 80 }]") =>
  named("v1", "Service", name, `, spec: { ports: ${ports} }`);
const cronJob = (name: string) =>
  named(
    "batch/v1",
    "CronJob",
    name,
    `, spec: { schedule: "* * * * *", jobTemplate: { spec: { template: ${pod} } } }`,
  );
const flux = (kind: string, api: string, spec: string) =>
  named(
    `${api}.toolkit.fluxcd.io/${api === "helm" ? "v2" : api === "notification" ? "v1beta3" : "v1"}`,
    kind,
    "a",
    `, spec: ${spec}`,
  );
const helmRelease = (spec: string) => flux("HelmRelease", "helm", `{ interval: 1m, ${spec} }`);
const kustomization = (spec: string) =>
  flux(
    "Kustomization",
    "kustomize",
    `{ interval: 1m, prune: true, sourceRef: { kind: GitRepository, name: a }, ${spec} }`,
  );
const bucket = (spec: string) =>
  flux("Bucket", "source", `{ interval: 1m, bucketName: a, endpoint: a.b, ${spec} }`);
const provider = (spec: string) => flux("Provider", "notification", `{ ${spec} }`);
const chart = "chart: { spec: { chart: a, sourceRef: { kind: HelmRepository, name: a } } }";
const chartRef = "chartRef: { kind: OCIRepository, name: a }";

/** Objects that the API server and we must judge alike. */
export const objectCases: readonly string[] = [
  ...["a", "a.b", "A", "a_b", "-a", "a-", "0a", "a..b", "a".repeat(253), "a".repeat(254)].map(
    (name) => named("v1", "ConfigMap", name),
  ),
  ...["a", "0a", "a.b", "a".repeat(63), "a".repeat(64)].map((name) => service(name)),
  ...["a", "a.b", "0a"].map((name) => named("v1", "Namespace", name)),
  ...["a", "a.b", "a".repeat(64)].map(statefulSet),
  ...["a", "a".repeat(52), "a".repeat(53)].map(cronJob),
  ...["system:a", "A b", "a%b", "aé"].map((name) =>
    named(rbac, "ClusterRole", name, ", rules: []"),
  ),
  named(rbac, "Role", "A_b", ", rules: []"),
  named("v1", "ServiceAccount", "a_b"),
  named("storage.k8s.io/v1", "StorageClass", "A", ", provisioner: a.b"),
  named("scheduling.k8s.io/v1", "PriorityClass", "a_b", ", value: 1"),
  configMap("{ name: a, labels: { a: b, a.b/C_d: e.f, x: '' } }"),
  configMap("{ name: a, labels: { 'a b': c } }"),
  configMap("{ name: a, labels: { a/b/c: d } }"),
  configMap("{ name: a, labels: { A.b/c: d } }"),
  configMap("{ name: a, labels: { /c: d } }"),
  configMap("{ name: a, labels: { a: 'b c' } }"),
  configMap("{ name: a, labels: { a: -b } }"),
  configMap(`{ name: a, labels: { a: ${"b".repeat(63)} } }`),
  configMap(`{ name: a, labels: { a: ${"b".repeat(64)} } }`),
  configMap(`{ name: a, labels: { ${"b".repeat(64)}: a } }`),
  configMap("{ name: a, annotations: { A.b/C: 'any text' } }"),
  configMap("{ name: a, annotations: { 'a b': c } }"),
  configMap(`{ name: a, annotations: { a: ${"b".repeat(256 * 1024 - 1)} } }`),
  configMap(`{ name: a, annotations: { a: ${"b".repeat(256 * 1024)} } }`),
  deployment("{ labels: { app: a } }"),
  deployment("{ labels: { app: a, b: 'c d' } }"),
  deployment("{ labels: { app: a }, annotations: { 'c d': e } }"),
  deployment(
    "{ labels: { app: a } }",
    "[{ containerPort: 80 }, { containerPort: 80, protocol: UDP }]",
  ),
  deployment(
    "{ labels: { app: a } }",
    "[{ containerPort: 80 }, { containerPort: 80, protocol: TCP }]",
  ),
  service("a", "[{ name: a, port: 80 }, { name: b, port: 80, protocol: UDP }]"),
  service("a", "[{ name: a, port: 80 }, { name: b, port: 80 }]"),
  named(
    "v1",
    "PersistentVolumeClaim",
    "a",
    ", spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }",
  ),
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, finalizers: [a.b/c, a.b/d] } }`,
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, finalizers: [a.b/c, a.b/c] } }`,
  helmRelease(chart),
  helmRelease(chartRef),
  helmRelease(`${chart}, ${chartRef}`),
  helmRelease("releaseName: a"),
  helmRelease(`${chart}, install: { strategy: { name: RetryOnFailure, retryInterval: 1m } }`),
  helmRelease(`${chart}, install: { strategy: { name: RemediateOnFailure, retryInterval: 1m } }`),
  helmRelease(`${chart}, kubeConfig: { secretRef: { name: a } }`),
  helmRelease(`${chart}, kubeConfig: {}`),
  kustomization("kubeConfig: { configMapRef: { name: a } }"),
  kustomization("kubeConfig: { configMapRef: { name: a }, secretRef: { name: b } }"),
  kustomization("path: ./a"),
  flux("GitRepository", "source", "{ interval: 1m, url: 'https://a.b/c' }"),
  flux("GitRepository", "source", "{ interval: 1m, url: 'https://a.b/c', serviceAccountName: a }"),
  flux(
    "GitRepository",
    "source",
    "{ interval: 1m, url: 'https://a.b/c', provider: azure, serviceAccountName: a }",
  ),
  flux(
    "HelmChart",
    "source",
    "{ interval: 1m, chart: a, sourceRef: { kind: Bucket, name: a }, verify: { provider: cosign } }",
  ),
  flux(
    "HelmChart",
    "source",
    "{ interval: 1m, chart: a, sourceRef: { kind: HelmRepository, name: a }, verify: { provider: cosign } }",
  ),
  bucket("provider: generic"),
  bucket("provider: generic, serviceAccountName: a"),
  bucket("serviceAccountName: a"),
  bucket("provider: aws, sts: { provider: aws, endpoint: 'https://a.b' }"),
  bucket("provider: aws, sts: { provider: ldap, endpoint: 'https://a.b' }"),
  bucket("provider: gcp, sts: { provider: ldap, endpoint: 'https://a.b' }"),
  bucket("secretRef: { name: a }, serviceAccountName: a"),
  provider("type: github, address: 'https://a.b', commitStatusExpr: 'a'"),
  provider("type: slack, commitStatusExpr: 'a'"),
];
