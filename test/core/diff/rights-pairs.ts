// With whose rights pods act, what guards and tells of them, and where Flux takes things from.
import { object } from "./manifests.ts";
import {
  container,
  type LabelledPair,
  of,
  pair,
  pod,
  policy,
  rbac,
  service,
  spec,
} from "./pair.ts";

const noted = (kind: string, api: string, annotations: object) =>
  object(api, kind, { metadata: { name: "api", namespace: "shop", annotations } });
const meshed = (labels: object) =>
  object("v1", "Namespace", { metadata: { name: "shop", labels } });
const entrance = (notes: object) => noted("Ingress", "networking.k8s.io/v1", notes);
const secured = (notes: object) => ({ ...entrance(notes), spec: { tls: [{ hosts: ["a.b"] }] } });
const nodes = (...all: readonly string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: all.map((key) => ({
          matchExpressions: [{ key, operator: "Exists" }],
        })),
      },
    },
  },
});
const secrets = (resourceNames?: readonly string[]) =>
  of(rbac, "Role", {
    rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames }],
  });
const bound = (...names: readonly string[]) =>
  of(rbac, "RoleBinding", {
    roleRef: { kind: "Role", name: "api" },
    subjects: names.map((name) => ({ kind: "ServiceAccount", name, namespace: "shop" })),
  });
const alerts = (...names: readonly string[]) => ({
  groups: [{ name: "g", rules: names.map((alert) => ({ alert, expr: "1" })) }],
});
const source = (kind: string) => spec("source.toolkit.fluxcd.io/v1", kind);
const images = (kind: string) => spec("image.toolkit.fluxcd.io/v1", kind);
const listening = (...listeners: readonly object[]) => ({ listeners });
const tls = { name: "https", port: 443, tls: { certificateRefs: [{ name: "c" }] } };
const kept = (image: string) =>
  of("apps/v1", "StatefulSet", {
    spec: {
      template: { spec: { containers: [{ name: "db", image }] } },
      volumeClaimTemplates: [{ metadata: { name: "data" } }],
    },
  });
const scaler = of("autoscaling/v2", "HorizontalPodAutoscaler", {
  spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, minReplicas: 2, maxReplicas: 4 },
});
const replicated = of("apps/v1", "Deployment", { spec: { replicas: 2 } });
const confined = (value: string) =>
  of("apps/v1", "Deployment", {
    spec: {
      template: {
        metadata: {
          annotations: { "container.apparmor.security.beta.kubernetes.io/a": value },
        },
        spec: { containers: [{ name: "a", image: "r/a:1.0.0" }] },
      },
    },
  });
const rollout = spec("argoproj.io/v1alpha1", "Rollout");
const steps = (...all: readonly object[]) => ({ strategy: { canary: { steps: all } } });

export const rightsPairs: readonly LabelledPair[] = [
  pair("pods act as another account", pod({})({ serviceAccountName: "api" }), "medium grant"),
  pair("an account by its older name", pod({ serviceAccountName: "a" })({ serviceAccount: "a" })),
  pair(
    "another identity of the cloud",
    [
      noted("ServiceAccount", "v1", { "azure.workload.identity/client-id": "1" }),
      noted("ServiceAccount", "v1", { "azure.workload.identity/client-id": "2" }),
    ],
    "medium grant",
  ),
  pair("one Secret becomes all of them", [secrets(["a"]), secrets()], "medium grant"),
  pair("one more Secret by its name", [secrets(["a"]), secrets(["a", "b"])], "medium grant"),
  pair("fewer Secrets by their names", [secrets(["a", "b"]), secrets(["b"])]),
  pair("all Secrets become one", [secrets(), secrets(["a"])]),
  pair("somebody loses a role", [bound("a", "b"), bound("a")], "medium grant"),
  pair(
    "Secrets for routes of another namespace",
    spec("gateway.networking.k8s.io/v1beta1", "ReferenceGrant")(
      { from: [{ kind: "Gateway", namespace: "a" }], to: [{ kind: "Secret", name: "tls" }] },
      { from: [{ kind: "Gateway", namespace: "a" }], to: [{ kind: "Secret" }] },
    ),
    "medium grant",
  ),
  pair("AppArmor off", [confined("runtime/default"), confined("unconfined")], "high pod-privilege"),
  pair(
    "a parameter of the kernel",
    pod({})({ securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }),
    "high pod-privilege",
  ),
  pair(
    "a parameter of the pod's own",
    pod({})({ securityContext: { sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }] } }),
  ),
  pair("one room of processes", pod({})({ shareProcessNamespace: true }), "medium hardening"),
  pair(
    "a namespace leaves the mesh",
    [meshed({ "istio-injection": "enabled" }), meshed({})],
    "medium hardening",
  ),
  pair("a namespace goes to another revision of the mesh", [
    meshed({ "istio-injection": "enabled" }),
    meshed({ "istio.io/rev": "1-24" }),
  ]),
  pair(
    "text for the controller's configuration",
    [entrance({}), entrance({ "nginx.ingress.kubernetes.io/server-snippet": "return 200;" })],
    "medium exposure",
  ),
  pair(
    "no redirect to TLS",
    [secured({}), secured({ "nginx.ingress.kubernetes.io/ssl-redirect": "false" })],
    "medium exposure",
  ),
  pair("no redirect where there is no TLS", [
    entrance({}),
    entrance({ "nginx.ingress.kubernetes.io/ssl-redirect": "false" }),
  ]),
  pair("a redirect that has to be asked for is not", [
    secured({}),
    secured({ "nginx.ingress.kubernetes.io/force-ssl-redirect": "false" }),
  ]),
  pair(
    "another issuer",
    spec("cert-manager.io/v1", "Certificate")(
      { issuerRef: { name: "prod" } },
      { issuerRef: { name: "staging" } },
    ),
    "medium exposure",
  ),
  pair(
    "a listener without TLS",
    spec("gateway.networking.k8s.io/v1", "Gateway")(
      listening(tls),
      listening(tls, { name: "http", port: 80 }),
    ),
    "medium exposure",
  ),
  pair(
    "a name outside",
    service({ externalName: "db.internal" }, { externalName: "db.example.com" }),
    "medium exposure",
  ),
  pair("an address goes", service({ loadBalancerIP: "1.2.3.4" }, {}), "medium exposure"),
  pair(
    "pods that are not ready",
    service({}, { publishNotReadyAddresses: true }),
    "medium exposure",
  ),
  pair(
    "a policy lets nothing through any more",
    policy(
      { policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }] }] },
      { policyTypes: ["Egress"], egress: [] },
    ),
    "medium network-policy",
  ),
  pair(
    "an alert goes",
    spec("monitoring.coreos.com/v1", "PrometheusRule")(alerts("a", "b"), alerts("b")),
    "medium safeguard",
  ),
  pair(
    "no backup",
    spec("postgresql.cnpg.io/v1", "Cluster")({ backup: { retentionPolicy: "30d" } }, {}),
    "medium safeguard",
  ),
  pair(
    "less for each container",
    spec("v1", "LimitRange")(
      { limits: [{ type: "Container", max: { memory: "1Gi" } }] },
      { limits: [{ type: "Container", max: { memory: "512Mi" } }] },
    ),
    "medium safeguard",
  ),
  pair("nodes of one kind", pod({})({ nodeSelector: { gpu: "true" } }), "medium rollout"),
  pair("nodes of one zone", pod({})(nodes("a")), "medium rollout"),
  pair("nodes of another zone", pod(nodes("a", "b"))(nodes("b", "c")), "medium rollout"),
  pair("nodes of one more zone", pod(nodes("a"))(nodes("a", "b"))),
  pair("fewer zones to choose from", pod(nodes("a", "b"))(nodes("a")), "medium rollout"),
  pair(
    "a Rollout in fewer steps",
    rollout(steps({ setWeight: 10 }, { pause: {} }), steps({ setWeight: 10 })),
    "medium rollout",
  ),
  pair(
    "KEDA holds it at nothing",
    [
      noted("ScaledObject", "keda.sh/v1alpha1", {}),
      noted("ScaledObject", "keda.sh/v1alpha1", { "autoscaling.keda.sh/paused-replicas": "0" }),
    ],
    "high scaled-down",
  ),
  pair(
    "an autoscaler of what sets its replicas",
    [replicated, [replicated, scaler]],
    "medium scaled-down",
  ),
  pair(
    "another major version of what keeps data",
    [kept("postgres:15.3"), kept("postgres:16.0")],
    "medium image",
  ),
  pair("another minor version of what keeps data", [kept("postgres:15.3"), kept("postgres:15.4")]),
  pair("another build of what keeps data", [kept("r/db:20261101"), kept("r/db:20261102")]),
  pair(
    "another major version of what keeps none",
    container({ image: "r/a:1.0.0" }, { image: "r/a:2.0.0" }),
  ),
  pair("no encryption", source("OCIRepository")({}, { insecure: true }), "medium flux-behaviour"),
  pair(
    "images written elsewhere",
    images("ImageUpdateAutomation")(
      { git: { push: { branch: "auto" } } },
      { git: { push: { branch: "main" } } },
    ),
    "medium flux-behaviour",
  ),
  pair(
    "other images chosen",
    images("ImagePolicy")(
      { policy: { semver: { range: "1.x" } } },
      { policy: { semver: { range: "*" } } },
    ),
    "medium flux-behaviour",
  ),
];
