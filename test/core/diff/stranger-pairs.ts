// What others break when it goes, values that the API server refuses, and what only looks minor.
import { deployment } from "./manifests.ts";
import {
  annotatedService,
  container,
  type LabelledPair,
  of,
  pair,
  pod,
  policy,
  rbac,
  release,
  spec,
} from "./pair.ts";

const keyed = (kind: "configMap" | "secret", key: string, more: object = {}) =>
  deployment({
    env: [{ name: "A", valueFrom: { [`${kind}KeyRef`]: { name: "api", key, ...more } } }],
  });
const settings = (data: object) => of("v1", "ConfigMap", { data });
const flux = "kustomize.toolkit.fluxcd.io/v1";
const elsewhere = (more: object) =>
  of(flux, "Kustomization", {
    spec: { path: "./elsewhere", prune: true, sourceRef: { kind: "GitRepository", name: "api" } },
    ...more,
  });
const named = (name: string, version: string) =>
  release(
    { chart: { spec: { chart: name, version } } },
    { chart: { spec: { chart: name, version: version.replace(/1/, "2") } } },
  );
const crd = (scope: string) =>
  of("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
    spec: { group: "a.b", names: { kind: "K", plural: "ks" }, scope, versions: [] },
  });
const route = (hostnames: string[]) =>
  of("gateway.networking.k8s.io/v1", "HTTPRoute", { spec: { hostnames } });
const secretOf = (kind: string, api: string, body: object) => [
  of(api, kind, body),
  deployment({ envFrom: [{ secretRef: { name: "creds" } }] }),
];
const external = secretOf("ExternalSecret", "external-secrets.io/v1", {
  spec: { target: { name: "creds" } },
});
const certificate = [
  of("cert-manager.io/v1", "Certificate", { spec: { secretName: "api" } }),
  ...pod({ volumes: [{ name: "t", secret: { secretName: "api" } }] })({}).slice(0, 1),
];
const bound = [
  of(rbac, "Role", { rules: [] }),
  of(rbac, "RoleBinding", { roleRef: { kind: "Role", name: "api" }, subjects: [] }),
];

export const strangerPairs: readonly LabelledPair[] = [
  pair(
    "a key that a container reads goes",
    [
      [settings({ a: "1", b: "2" }), keyed("configMap", "a")],
      [settings({ b: "2" }), keyed("configMap", "a")],
    ],
    "high missing-key",
  ),
  pair(
    "a key that a container begins to read is not there",
    [
      [settings({ a: "1" }), keyed("configMap", "a")],
      [settings({ a: "1" }), keyed("configMap", "b")],
    ],
    "high missing-key",
  ),
  pair(
    "a key of a Secret that a container reads goes",
    [
      [of("v1", "Secret", { data: { a: "YQ==" } }), keyed("secret", "a")],
      [of("v1", "Secret", { data: { b: "YQ==" } }), keyed("secret", "a")],
    ],
    "high missing-key",
  ),
  pair("an optional key goes", [
    [settings({ a: "1", b: "2" }), keyed("configMap", "a", { optional: true })],
    [settings({ b: "2" }), keyed("configMap", "a", { optional: true })],
  ]),
  pair("a key that nobody reads goes", [
    [settings({ a: "1", b: "2" }), keyed("configMap", "a")],
    [settings({ a: "1" }), keyed("configMap", "a")],
  ]),
  pair("what makes a used Secret goes", [external, external.slice(1)], "high removal"),
  pair("a used certificate goes", [certificate, certificate.slice(1)], "high removal"),
  pair("a bound role goes", [bound, bound.slice(1)], "high removal"),
  pair(
    "a source that is used goes",
    [[of("source.toolkit.fluxcd.io/v1", "GitRepository"), elsewhere({})], elsewhere({})],
    "high removal",
  ),
  pair("a container without an image", container({}, { image: undefined }), "high refused-value"),
  pair("a container's name", container({}, { name: "API" }), "high refused-value"),
  pair(
    "a Secret that is no base64",
    [of("v1", "Secret", { data: { a: "YQ==" } }), of("v1", "Secret", { data: { a: "a b!" } })],
    "high refused-value",
  ),
  pair(
    "replicas in quotes",
    spec("apps/v1", "Deployment")({ replicas: 3 }, { replicas: "3" }),
    "high refused-value",
  ),
  pair(
    "another major version of a range",
    named("web", "1.x"),
    "high flux-behaviour",
    "high unknown-effect",
  ),
  pair(
    "a caret range of another major version",
    named("web", "^1.4.0"),
    "high flux-behaviour",
    "high unknown-effect",
  ),
  pair(
    "all addresses let in",
    policy(
      { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
      { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
    ),
    "high network-policy",
  ),
  pair(
    "all ports let in",
    policy(
      { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] },
      { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
    ),
    "medium network-policy",
  ),
  pair(
    "a load balancer of AWS made public",
    [
      annotatedService(
        { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
        { spec: { type: "LoadBalancer" } },
      ),
      annotatedService(
        { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
        { spec: { type: "LoadBalancer" } },
      ),
    ],
    "high exposure",
  ),
  pair("a host of a route goes", [route(["a.b", "c.d"]), route(["a.b"])], "medium exposure"),
  pair(
    "the scope of a definition",
    [crd("Namespaced"), crd("Cluster")],
    "high immutable-field",
    "medium served-version",
  ),
  pair(
    "another class of a claim",
    spec("v1", "PersistentVolumeClaim")({ storageClassName: "a" }, { storageClassName: "b" }),
    "high immutable-field",
  ),
  pair(
    "fixed settings that change",
    [
      of("v1", "ConfigMap", { immutable: true, data: { a: "1" } }),
      of("v1", "ConfigMap", { immutable: true, data: { a: "2" } }),
    ],
    "high immutable-field",
  ),
  pair(
    "the user root",
    container({ securityContext: { runAsUser: 1000 } }, { securityContext: { runAsUser: 0 } }),
    "high pod-privilege",
    "medium hardening",
  ),
  pair(
    "a capability",
    container({}, { securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }),
    "high pod-privilege",
  ),
  pair(
    "an image that is no longer pinned",
    container({ image: `r/a:1.0.0@sha256:${"a".repeat(64)}` }, { image: "r/a:1.0.0" }),
    "medium image",
  ),
  pair(
    "a request above the limit",
    container(
      { resources: { limits: { memory: "1Gi" } } },
      { resources: { limits: { memory: "1Gi" }, requests: { memory: "2Gi" } } },
    ),
    "medium safeguard",
  ),
  pair(
    "a budget of all pods",
    spec("policy/v1", "PodDisruptionBudget")({ minAvailable: "50%" }, { minAvailable: "100%" }),
    "medium rollout",
  ),
  pair(
    "all pods replaced at once",
    spec("apps/v1", "Deployment")(
      { strategy: { rollingUpdate: { maxUnavailable: 0 } } },
      { strategy: { rollingUpdate: { maxUnavailable: "100%" } } },
    ),
    "medium rollout",
  ),
  pair(
    "a hidden direction of text",
    [settings({ a: "b" }), settings({ a: "b\u202ec" })],
    "medium hidden-text",
  ),
  pair("an amount spelt otherwise", [withMemory("1Gi"), withMemory("1024Mi")]),
  pair("an interval spelt otherwise", release({ interval: "1h" }, { interval: "60m" })),
];

function withMemory(memory: string) {
  return deployment({ resources: { limits: { memory } } });
}
