// Rights, entrances, traffic, roll-outs and Flux.
import {
  pair,
  container,
  spec,
  of,
  annotatedService,
  rbac,
  role,
  flux,
  release,
  chart,
  policy,
  ingress,
  service,
  hooks,
  web,
  labelled,
  selecting,
  type LabelledPair,
} from "./pair.ts";

export const morePairs: readonly LabelledPair[] = [
  pair(
    "commands in pods",
    [role(["pods"], ["get"]), role(["pods", "pods/exec"], ["get", "create"])],
    "high grant",
    "medium grant",
  ),
  pair("impersonation", [role(["pods"], ["get"]), role(["users"], ["impersonate"])], "high grant"),
  pair("no pattern of RBAC", [role(["pods"], ["get"]), role(["*/*"], ["get"])], "medium grant"),
  pair(
    "every signed-in user",
    [
      [],
      of(rbac, "ClusterRoleBinding", {
        roleRef: { name: "view" },
        subjects: [{ kind: "Group", name: "system:authenticated" }],
      }),
    ],
    "high grant",
  ),
  pair("a verb of reading", [role(["pods"], ["get"]), role(["pods"], ["get", "list"])]),
  pair("a webhook that must answer", [hooks("Ignore"), hooks("Fail")], "high webhook"),
  pair("a webhook that may be passed", [hooks("Fail"), hooks("Ignore")], "medium webhook"),
  pair(
    "a public load balancer",
    [
      annotatedService(
        { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" },
        { spec: { type: "LoadBalancer" } },
      ),
      of("v1", "Service", { spec: { type: "LoadBalancer" } }),
    ],
    "high exposure",
  ),
  pair(
    "source ranges that go",
    service(
      { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8"] },
      { type: "LoadBalancer" },
    ),
    "medium exposure",
  ),
  pair(
    "one TLS host",
    ingress(
      { tls: [{ hosts: ["a", "b"] }], rules: [{ host: "a" }, { host: "b" }] },
      { tls: [{ hosts: ["a"] }], rules: [{ host: "a" }, { host: "b" }] },
    ),
    "medium exposure",
  ),
  pair(
    "a host of a route",
    spec("gateway.networking.k8s.io/v1", "HTTPRoute")(
      { hostnames: ["a", "b"] },
      { hostnames: ["a"] },
    ),
    "medium exposure",
  ),
  pair(
    "a listener without TLS",
    spec("gateway.networking.k8s.io/v1", "Gateway")(
      { listeners: [{ name: "l", port: 443, tls: {} }] },
      { listeners: [{ name: "l", port: 443 }] },
    ),
    "medium exposure",
  ),
  pair(
    "everybody let in",
    policy({ ingress: [{ from: [web] }] }, { ingress: [{}] }),
    "high network-policy",
  ),
  pair(
    "one more let in",
    policy(
      { ingress: [{ from: [web] }] },
      { ingress: [{ from: [web, { namespaceSelector: { matchLabels: { a: "b" } } }] }] },
    ),
    "medium network-policy",
  ),
  pair(
    "fewer let in",
    policy(
      { ingress: [{ from: [web, { namespaceSelector: {} }] }] },
      { ingress: [{ from: [web] }] },
    ),
  ),
  pair(
    "egress no longer governed",
    policy({ policyTypes: ["Ingress", "Egress"] }, { policyTypes: ["Ingress"] }),
    "high network-policy",
  ),
  pair(
    "a selector that meets nothing",
    [
      [labelled("api"), selecting],
      [labelled("web"), selecting],
    ],
    "high selection",
  ),
  pair(
    "Recreate",
    spec("apps/v1", "Deployment")({}, { strategy: { type: "Recreate" } }),
    "medium rollout",
  ),
  pair(
    "OnDelete",
    spec("apps/v1", "DaemonSet")({}, { updateStrategy: { type: "OnDelete" } }),
    "medium rollout",
  ),
  pair(
    "no time to be ready",
    spec("apps/v1", "Deployment")({ minReadySeconds: 30 }, {}),
    "medium rollout",
  ),
  pair(
    "a budget that blocks drains",
    spec("policy/v1", "PodDisruptionBudget")({ maxUnavailable: 1 }, { maxUnavailable: 0 }),
    "medium rollout",
  ),
  pair(
    "half the memory",
    container(
      { resources: { limits: { memory: "1Gi" } } },
      { resources: { limits: { memory: "512Mi" } } },
    ),
    "medium safeguard",
  ),
  pair(
    "a limit below its request",
    container(
      { resources: { requests: { cpu: "1" }, limits: { cpu: "1" } } },
      { resources: { requests: { cpu: "1" }, limits: { cpu: "900m" } } },
    ),
    "medium safeguard",
  ),
  pair(
    "no hook before it stops",
    container({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }, {}),
    "medium safeguard",
  ),
  pair(
    "another target namespace",
    flux({ prune: true, targetNamespace: "a" }, { prune: true, targetNamespace: "b" }),
    "high flux-behaviour",
  ),
  pair(
    "health checks that go",
    flux({ healthChecks: [{ name: "a" }] }, {}),
    "medium flux-behaviour",
  ),
  pair(
    "Flux that leaves an object",
    [
      of("v1", "Service"),
      annotatedService({ "kustomize.toolkit.fluxcd.io/reconcile": "disabled" }),
    ],
    "high flux-behaviour",
  ),
  pair(
    "Flux that ignores an object",
    [of("v1", "Service"), annotatedService({ "kustomize.toolkit.fluxcd.io/ssa": "Ignore" })],
    "high flux-behaviour",
  ),
  pair(
    "a major version of a chart",
    release(chart("3.1.0"), chart("4.0.0")),
    "high flux-behaviour",
    "high unknown-effect",
  ),
  pair(
    "values of a release",
    release({ ...chart("1.0.0"), values: { a: 1 } }, { ...chart("1.0.0"), values: { a: null } }),
    "high unknown-effect",
  ),
  pair(
    "another branch",
    spec("source.toolkit.fluxcd.io/v1", "GitRepository")(
      { ref: { branch: "main" } },
      { ref: { branch: "next" } },
    ),
    "medium flux-behaviour",
    "high unknown-effect",
  ),
  pair(
    "a definition that serves less",
    [
      of("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
        spec: { versions: [{ name: "v1", served: true }] },
      }),
      of("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
        spec: { versions: [{ name: "v1", served: false }] },
      }),
    ],
    "high served-version",
  ),
  pair(
    "text that runs backwards",
    [
      of("v1", "ConfigMap", { data: { a: "b" } }),
      of("v1", "ConfigMap", { data: { a: "b\u202ec" } }),
    ],
    "medium hidden-text",
  ),
  pair(
    "an amount spelt otherwise",
    container(
      { resources: { limits: { memory: "1Gi" } } },
      { resources: { limits: { memory: "1024Mi" } } },
    ),
  ),
  pair("a default written out", container({}, { terminationMessagePath: "/dev/termination-log" })),
];
