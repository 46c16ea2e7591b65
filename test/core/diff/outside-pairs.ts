// What operators, autoscalers, routes and policies do otherwise after a change of one field.
import { parse } from "yaml";
import { container, type LabelledPair, of, pair, pod, withPod } from "./pair.ts";

/** `type`: `group/version Kind`; the sides are the object's spec as YAML, empty for none. */
const row = (
  name: string,
  [type, before, after]: readonly [type: string, before: string, after: string],
  ...risks: readonly string[]
): LabelledPair => {
  const [api = "", kind = ""] = type.split(" ");
  const side = (spec: string) => (spec === "" ? [] : [of(api, kind, { spec: specOf(spec) })]);
  return pair(name, [side(before), side(after)], ...risks);
};
const specOf = (text: string) => parse(`{${text}}`) as object;
const cnpg = "postgresql.cnpg.io/v1 Cluster";
const kafka = "kafka.strimzi.io/v1beta2 Kafka";
const topic = "kafka.strimzi.io/v1beta2 KafkaTopic";
const velero = "velero.io/v1 Schedule";
const hpa = "autoscaling/v2 HorizontalPodAutoscaler";
const keda = "keda.sh/v1alpha1 ScaledObject";
const route = "gateway.networking.k8s.io/v1 HTTPRoute";
const istio = "networking.istio.io/v1 VirtualService";
const traefik = "traefik.io/v1alpha1 IngressRoute";
const external = "external-secrets.io/v1 ExternalSecret";
const kyverno = "kyverno.io/v1 ClusterPolicy";
const rollouts = "argoproj.io/v1alpha1 Rollout";
const certificate = (secretName: string) =>
  of("cert-manager.io/v1", "Certificate", { spec: { secretName, issuerRef: { name: "le" } } });
const served = of("networking.k8s.io/v1", "Ingress", { spec: { tls: [{ secretName: "tls" }] } });
const fetched = (...keys: string[]) => [
  of("external-secrets.io/v1", "ExternalSecret", {
    spec: {
      target: { name: "creds" },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key } })),
    },
  }),
  withPod({}, { env: [{ name: "B", valueFrom: { secretKeyRef: { name: "creds", key: "b" } } }] }),
];
const cpu = (averageUtilization: number) =>
  `scaleTargetRef: {name: api}, maxReplicas: 9, metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: ${averageUtilization}}}}]`;
const shares = (a: number, b: number) =>
  `rules: [{backendRefs: [{name: a, port: 80, weight: ${a}}, {name: b, port: 80, weight: ${b}}]}]`;
const istioShares = (a: number, b: number) =>
  `hosts: [h], http: [{route: [{destination: {host: s, subset: a}, weight: ${a}}, {destination: {host: s, subset: b}, weight: ${b}}]}]`;
const traefikRoute = (more: string) => `routes: [{match: x, services: [{name: api}]${more}}]`;
const remote = (key: string, more = "") =>
  `target: {name: s}, data: [{secretKey: a, remoteRef: {key: ${key}}}${more}]`;
const rule = (more: string) => `rules: [{name: a, match: {any: []}${more}}]`;
const tolerations = (...list: object[]) => ({ tolerations: list });
const probe = (periodSeconds: number, failureThreshold: number) => ({
  livenessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds, failureThreshold },
});
const sidecar = (name: string, image: string) => ({
  initContainers: [{ name, image }],
});
const secretValue = { name: "P", valueFrom: { secretKeyRef: { name: "s", key: "p" } } };
const rights = (kinds: string, verbs: string) =>
  of("rbac.authorization.k8s.io/v1", "ClusterRole", {
    rules: [{ apiGroups: ["kustomize.toolkit.fluxcd.io"], resources: [kinds], verbs: [verbs] }],
  });

export const outsidePairs: readonly LabelledPair[] = [
  row(
    "a database's smaller volume",
    [cnpg, "storage: {size: 10Gi}", "storage: {size: 5Gi}"],
    "high data-loss",
  ),
  row("a database's larger volume", [cnpg, "storage: {size: 10Gi}", "storage: {size: 50Gi}"]),
  row(
    "backups kept for a shorter time",
    [cnpg, "backup: {retentionPolicy: 30d}", "backup: {retentionPolicy: 1w}"],
    "medium data-loss",
  ),
  row("backups kept for longer", [
    cnpg,
    "backup: {retentionPolicy: 7d}",
    "backup: {retentionPolicy: 2w}",
  ]),
  row(
    "another major version of a database",
    [cnpg, "imageName: g/postgresql:16.2", "imageName: g/postgresql:17.0"],
    "medium image",
  ),
  row(
    "another major version of what an operator runs",
    ["elasticsearch.k8s.elastic.co/v1 Elasticsearch", "version: 7.17.1", "version: 8.0.0"],
    "medium image",
  ),
  row("a minor version of it", [kafka, "kafka: {version: 3.7.0}", "kafka: {version: 3.8.0}"]),
  row(
    "an older version of it",
    [kafka, "kafka: {version: 3.8.0}", "kafka: {version: 3.7.0}"],
    "medium image",
  ),
  row(
    "another version of nodes",
    ["upgrade.cattle.io/v1 Plan", "version: v1.30.1", "version: v1.30.2"],
    "medium image",
  ),
  row(
    "claims that go with their broker",
    [kafka, "kafka: {storage: {deleteClaim: false}}", "kafka: {storage: {deleteClaim: true}}"],
    "high data-loss",
  ),
  row(
    "a broker that keeps its data in its pods",
    [kafka, "kafka: {storage: {type: persistent-claim}}", "kafka: {storage: {type: ephemeral}}"],
    "high data-loss",
  ),
  row(
    "a Prometheus without its volume",
    [
      "monitoring.coreos.com/v1 Prometheus",
      "storage: {volumeClaimTemplate: {spec: {}}}, replicas: 2",
      "storage: {}, replicas: 2",
    ],
    "high data-loss",
  ),
  row("fewer partitions", [topic, "partitions: 12", "partitions: 3"], "medium data-loss"),
  row(
    "messages that go sooner",
    [topic, "config: {retention.ms: 604800000}", "config: {retention.ms: 1000}"],
    "medium data-loss",
  ),
  row(
    "another's rights on topics",
    [
      "kafka.strimzi.io/v1beta2 KafkaUser",
      "authorization: {acls: [{operations: [Read]}]}",
      "authorization: {acls: [{operations: [All]}]}",
    ],
    "medium grant",
  ),
  row(
    "a backup that forgets a namespace",
    [velero, "template: {includedNamespaces: [a, b]}", "template: {includedNamespaces: [a]}"],
    "medium safeguard",
  ),
  row(
    "a backup of all that leaves one out",
    [velero, "template: {ttl: 1h}", "template: {ttl: 1h, excludedNamespaces: [b]}"],
    "medium safeguard",
  ),
  row("a backup that is paused", [velero, "paused: false", "paused: true"], "medium rollout"),
  row("an autoscaler that waits for more", [hpa, cpu(60), cpu(600)], "medium scaled-down"),
  row("an autoscaler tuned a little", [hpa, cpu(60), cpu(75)]),
  row(
    "another target of an autoscaler",
    [
      hpa,
      "scaleTargetRef: {kind: Deployment, name: a}",
      "scaleTargetRef: {kind: Deployment, name: b}",
    ],
    "medium scaled-down",
  ),
  row(
    "a trigger that goes",
    [keda, "triggers: [{type: cpu}, {type: azure-servicebus}]", "triggers: [{type: cpu}]"],
    "medium scaled-down",
  ),
  row(
    "a route that sends most of it elsewhere",
    [route, shares(90, 10), shares(0, 100)],
    "medium rollout",
  ),
  row("a canary's next step", [route, shares(90, 10), shares(75, 25)]),
  row(
    "a mesh that sends most of it elsewhere",
    [istio, istioShares(90, 10), istioShares(0, 100)],
    "medium rollout",
  ),
  row(
    "a filter that requests went through",
    [
      route,
      "rules: [{filters: [{type: ExtensionRef, extensionRef: {kind: Auth, name: x}}]}]",
      "rules: [{}]",
    ],
    "medium exposure",
  ),
  row(
    "a middleware that requests went through",
    [traefik, traefikRoute(", middlewares: [{name: auth}]"), traefikRoute("")],
    "medium exposure",
  ),
  row(
    "a route of Traefik without TLS",
    [traefik, "tls: {secretName: t}", "entryPoints: [web]"],
    "medium exposure",
  ),
  row(
    "a middleware that no longer asks",
    ["traefik.io/v1alpha1 Middleware", "basicAuth: {secret: s}", "headers: {}"],
    "medium exposure",
  ),
  row("a middleware of headers", [
    "traefik.io/v1alpha1 Middleware",
    "headers: {a: b}",
    "headers: {a: c}",
  ]),
  row(
    "another class of a gateway",
    [
      "gateway.networking.k8s.io/v1 Gateway",
      "gatewayClassName: internal",
      "gatewayClassName: public",
    ],
    "medium exposure",
  ),
  row(
    "a Service that hides who calls",
    ["v1 Service", "type: LoadBalancer, externalTrafficPolicy: Local", "type: LoadBalancer"],
    "medium exposure",
  ),
  row(
    "another authority",
    [
      "cert-manager.io/v1 ClusterIssuer",
      "acme: {server: a, email: x}",
      "acme: {server: b, email: x}",
    ],
    "medium exposure",
  ),
  row("another mail of an authority", [
    "cert-manager.io/v1 ClusterIssuer",
    "acme: {server: a, email: x}",
    "acme: {server: a, email: y}",
  ]),
  row(
    "a mesh without TLS",
    [
      "networking.istio.io/v1 DestinationRule",
      "trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}",
      "trafficPolicy: {tls: {mode: DISABLE}}",
    ],
    "medium exposure",
  ),
  row(
    "an API that trusts anybody",
    ["apiregistration.k8s.io/v1 APIService", "caBundle: YQ==", "insecureSkipTLSVerify: true"],
    "medium exposure",
  ),
  row(
    "a receiver for anybody",
    ["notification.toolkit.fluxcd.io/v1 Receiver", "type: generic-hmac", "type: generic"],
    "medium exposure",
  ),
  row(
    "another secret of a vault",
    [external, remote("prod/a"), remote("dev/a")],
    "medium missing-key",
  ),
  row("one more secret of a vault", [
    external,
    remote("a"),
    remote("a", ", {secretKey: b, remoteRef: {key: b}}"),
  ]),
  row(
    "another vault",
    [
      "external-secrets.io/v1 SecretStore",
      "provider: {azurekv: {vaultUrl: a}}",
      "provider: {azurekv: {vaultUrl: b}}",
    ],
    "medium missing-key",
  ),
  pair("a key that is no longer fetched", [fetched("a", "b"), fetched("a")], "high missing-key"),
  pair("a key that nobody reads", [fetched("a", "b"), fetched("b")]),
  pair(
    "a certificate for another Secret",
    [
      [certificate("tls"), served],
      [certificate("tls-2"), served],
    ],
    "medium missing-key",
  ),
  row(
    "a rule that only warns",
    [
      kyverno,
      rule(", validate: {failureAction: Enforce}"),
      rule(", validate: {failureAction: Audit}"),
    ],
    "medium hardening",
  ),
  row(
    "a policy for fewer",
    [kyverno, rule(""), rule(", exclude: {any: [{resources: {namespaces: [shop]}}]}")],
    "medium hardening",
  ),
  row(
    "an exception to a policy",
    ["kyverno.io/v2 PolicyException", "", "exceptions: [{policyName: a}]"],
    "medium hardening",
  ),
  row(
    "a rollout that nobody measures",
    [
      rollouts,
      "strategy: {canary: {steps: [], analysis: {templates: []}}}",
      "strategy: {canary: {steps: []}}",
    ],
    "medium rollout",
  ),
  row(
    "a canary that nobody measures",
    [
      "flagger.app/v1beta1 Canary",
      "analysis: {threshold: 5}",
      "analysis: {threshold: 5}, skipAnalysis: true",
    ],
    "medium rollout",
  ),
  row(
    "less for whoever says nothing",
    [
      "v1 LimitRange",
      "limits: [{type: Container, default: {memory: 1Gi}}]",
      "limits: [{type: Container, default: {memory: 64Mi}}]",
    ],
    "medium safeguard",
  ),
  row(
    "a release that is uninstalled when it fails",
    [
      "helm.toolkit.fluxcd.io/v2 HelmRelease",
      "upgrade: {remediation: {strategy: rollback}}",
      "upgrade: {remediation: {strategy: uninstall}}",
    ],
    "high flux-behaviour",
  ),
  pair(
    "the rights of Flux",
    [rights("kustomizations", "get"), rights("kustomizations", "create")],
    "high grant",
  ),
  pair(
    "names of hosts of its own",
    pod({})({ hostAliases: [{ ip: "192.0.2.1", hostnames: ["db"] }] }),
    "medium exposure",
  ),
  pair(
    "credentials for images that go",
    pod({ imagePullSecrets: [{ name: "p" }] })({}),
    "medium safeguard",
  ),
  pair("a container before it that goes", pod(sidecar("migrate", "r/m:1"))({}), "medium safeguard"),
  pair(
    "a container before it under another name",
    pod(sidecar("migrate", "r/m:1.0.0"))(sidecar("move", "r/m:1.1.0")),
  ),
  pair(
    "a taint that is no longer tolerated",
    pod(tolerations({ key: "a", operator: "Exists" }))({}),
    "medium rollout",
  ),
  pair(
    "a taint tolerated with all others",
    pod(tolerations({ key: "a", operator: "Exists" }))(tolerations({ operator: "Exists" })),
  ),
  pair("an image that nobody pulls", container({}, { imagePullPolicy: "Never" }), "medium image"),
  pair("a probe without patience", container(probe(10, 10), probe(1, 1)), "medium safeguard"),
  pair("a probe with more patience", container(probe(1, 3), probe(10, 3))),
  pair(
    "a hundred times the memory",
    container(
      { resources: { requests: { memory: "1Gi" } } },
      { resources: { requests: { memory: "100Gi" } } },
    ),
    "medium rollout",
  ),
  pair(
    "requests of a device that are its limits",
    container(
      { resources: { requests: { "nvidia.com/gpu": "1" }, limits: { "nvidia.com/gpu": "1" } } },
      { resources: { limits: { "nvidia.com/gpu": "1" } } },
    ),
  ),
  pair(
    "a password in plain text",
    container({ env: [secretValue] }, { env: [{ name: "P", value: "x" }] }),
    "medium hardening",
  ),
];
