// What only looks as if it said nothing of what will run.
import assert from "node:assert/strict";
import { deployment, editLines, object } from "./manifests.ts";
import { flux, ingress, release, service, spec, withPod } from "./pair.ts";

type Sides = readonly [before: object | readonly object[], after: object | readonly object[]];
type Row = readonly [what: string, sides: Sides, as?: string];
const noted = (labels: object, annotations: object = {}) =>
  object("v1", "Service", { metadata: { name: "api", namespace: "shop", labels, annotations } });
const written = (field: string, value: string) =>
  object("v1", "Service", {
    metadata: { name: "api", namespace: "shop", labels: {}, annotations: {}, [field]: value },
  });
const template = (labels: object) =>
  object("apps/v1", "Deployment", {
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: "a" }] } } },
  });
const config = (a: string) => object("v1", "ConfigMap", { data: { a } });
const paths = (...all: readonly (readonly [path: string, pathType: string])[]) => ({
  rules: [{ host: "a", http: { paths: all.map(([path, pathType]) => ({ path, pathType })) } }],
});
const env = (...names: readonly (readonly [string, string])[]) =>
  deployment({ env: names.map(([name, value]) => ({ name, value })) });
const rollout = spec("argoproj.io/v1alpha1", "Rollout");
const cr = spec("example.com/v1", "Farm");
const roles = (subject: object) =>
  object("rbac.authorization.k8s.io/v1", "RoleBinding", { subjects: [{ name: "a", ...subject }] });
const policy = spec("networking.k8s.io/v1", "NetworkPolicy");
const pull = (image: string, more: object = {}) => deployment({ image, ...more });

const rows: readonly Row[] = [
  [
    "an own label of a version",
    [noted({ "app.kubernetes.io/version": "1" }), noted({ "app.kubernetes.io/version": "2" })],
    "version-label",
  ],
  [
    "a label of a chart by its old name",
    [noted({ chart: "a-1" }), noted({ chart: "a-2" })],
    "version-label",
  ],
  ["another label", [noted({ version: "1" }), noted({ version: "2" })]],
  [
    "a label of a version in a template: pods start anew",
    [template({ "helm.sh/chart": "a-1" }), template({ "helm.sh/chart": "a-2" })],
  ],
  ["a checksum", [noted({}, { "x/checksum": "1" }), noted({}, { "x/checksum": "2" })], "checksum"],
  ["what only ends so", [noted({}, { nochecksum: "1" }), noted({}, { nochecksum: "2" })]],
  [
    "what begins so within",
    [noted({}, { "a-checksum/b": "1" }), noted({}, { "a-checksum/b": "2" })],
  ],
  [
    "what kubectl wrote down",
    [
      noted({}, { "kubectl.kubernetes.io/last-applied-configuration": "1" }),
      noted({}, { "kubectl.kubernetes.io/last-applied-configuration": "2" }),
    ],
    "managed",
  ],
  ...["generation", "creationTimestamp", "selfLink"].map(
    (field) =>
      [
        `what the server writes: ${field}`,
        [written(field, "1"), written(field, "2")],
        "managed",
      ] as const,
  ),
  ...["managedFields", "resourceVersion", "uid"].flatMap((field) => [
    [`what no apply may hold: ${field}`, [written(field, "1"), written(field, "2")]] as const,
    [`what comes so: ${field}`, [noted({}), written(field, "2")]] as const,
    [`what goes of it: ${field}`, [written(field, "1"), noted({})], "managed"] as const,
  ]),
  [
    "how it is",
    [object("v1", "Service", { status: { a: 1 } }), object("v1", "Service", { status: { a: 2 } })],
    "managed",
  ],
  [
    "a field of its own by such a name",
    cr({ generation: 1, uid: "a" }, { generation: 2, uid: "b" }),
  ],
  ["a version that no label can be", [noted({ chart: "a-1" }), noted({ chart: "a-1+b" })]],
  ["a version that goes", [noted({ chart: "a-1", x: "1" }), noted({ x: "1" })], "version-label"],
  ["a version that is nothing", [noted({ chart: "a-1" }), noted({ chart: null })], "version-label"],
  [
    "a version that an annotation may hold",
    [noted({}, { chart: "a-1" }), noted({}, { chart: "a-1+b" })],
    "version-label",
  ],
  ...["a-checksum", "a.checksum", "checksum/a"].map(
    (key) =>
      [
        `a checksum as ${key}`,
        [noted({}, { [key]: "1" }), noted({}, { [key]: "2" })],
        "checksum",
      ] as const,
  ),
  ["what only begins so", [noted({}, { checksums: "1" }), noted({}, { checksums: "2" })]],
  [
    "what holds a checksum and more",
    [noted({}, { "a.checksum/b": "1" }), noted({}, { "a.checksum/b": "2" })],
  ],
  [
    "the order of what cannot be changed",
    spec("apps/v1", "StatefulSet")(
      { volumeClaimTemplates: [{ metadata: { name: "a" }, spec: { accessModes: ["a", "b"] } }] },
      { volumeClaimTemplates: [{ metadata: { name: "a" }, spec: { accessModes: ["b", "a"] } }] },
    ),
  ],
  [
    "a tail of blanks that cannot be changed",
    [
      object("v1", "ConfigMap", { immutable: true, data: { a: "one \ntwo" } }),
      object("v1", "ConfigMap", { immutable: true, data: { a: "one\ntwo" } }),
    ],
  ],
  ["a tail of tabs", [config("one\t\ntwo"), config("one\ntwo")], "formatting"],
  ["lines at the end", [config("one\ntwo\n\n"), config("one\ntwo")], "formatting"],
  ["lines between", [config("one\n\ntwo"), config("one\ntwo")]],
  [
    "a text that becomes a number",
    [config("1\n2"), object("v1", "ConfigMap", { data: { a: 12 } })],
  ],
  ["a tail of blanks of another kind", cr({ data: "one \ntwo" }, { data: "one\ntwo" })],
  [
    "a share of a namespace",
    spec("v1", "ResourceQuota")({ hard: { cpu: "1" } }, { hard: { cpu: "1000m" } }),
    "formatting",
  ],
  ...["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"].map(
    (field) =>
      [
        `what containers may have: ${field}`,
        spec("v1", "LimitRange")(
          { limits: [{ type: "Container", [field]: { cpu: "1" } }] },
          { limits: [{ type: "Container", [field]: { cpu: "1000m" } }] },
        ),
        "formatting",
      ] as const,
  ),
  [
    "room of a volume",
    spec("v1", "PersistentVolume")(
      { capacity: { storage: "1Gi" } },
      { capacity: { storage: "1024Mi" } },
    ),
    "formatting",
  ],
  [
    "amounts that are none",
    [
      deployment({ resources: { limits: { memory: "x" } } }),
      deployment({ resources: { limits: { memory: "y" } } }),
    ],
  ],
  [
    "resources that are no amounts of pods",
    rollout({ resources: { a: "1" } }, { resources: { a: "1.0" } }),
  ],
  [
    "limits of resources of a kind that nobody knows",
    rollout({ resources: { limits: { cpu: "1" } } }, { resources: { limits: { cpu: "1000m" } } }),
    "formatting",
  ],
  [
    "limits of something else of it",
    rollout({ limits: { cpu: "1" } }, { limits: { cpu: "1000m" } }),
  ],
  ["another time", flux({ retryInterval: "60s" }, { retryInterval: "1m" }), "formatting"],
  ["a time that is a number", flux({ interval: 60 }, { interval: "60s" })],
  ["a time of Flux' own by another name", flux({ otherInterval: "60s" }, { otherInterval: "1m" })],
  ["a folder that is a number", flux({ path: 1 }, { path: "1" })],
  ["a path of something else", flux({ a: { path: "./x" } }, { a: { path: "x" } })],
  ["no list in place of an empty one", cr({ a: [] }, {})],
  [
    "an init container's empty list",
    [
      withPod({ initContainers: [{ name: "i", env: [] }] }, {}),
      withPod({ initContainers: [{ name: "i" }] }, {}),
    ],
    "defaulting",
  ],
  [
    "a mapping that is not empty",
    [withPod({}, { resources: { limits: { cpu: "1" } } }), withPod({}, {})],
  ],
  ["a text where an empty list is usual", [withPod({}, { env: "" }), withPod({}, {})]],
  ["nothing in a list", service({ ports: [] }, { ports: [null] })],
  [
    "nothing of what labels are chosen by",
    policy(
      { podSelector: { matchExpressions: [{ key: "a" }] } },
      { podSelector: { matchExpressions: [{ key: "a", values: null }] } },
    ),
    "defaulting",
  ],
  [
    "nothing in a definition",
    spec("apiextensions.k8s.io/v1", "CustomResourceDefinition")(
      { a: {} },
      { a: { default: null } },
    ),
  ],
  [
    "nothing in what a controller wrote down",
    [
      object("apps/v1", "ControllerRevision", { revision: 1 }),
      object("apps/v1", "ControllerRevision", { revision: 1, a: null }),
    ],
  ],
  [
    "nothing beside a chart's values",
    release({ chart: {} }, { chart: {}, timeout: null }),
    "defaulting",
  ],
  ["the group of a group", [roles({ kind: "Group" }), roles({ kind: "Group", apiGroup: "" })]],
  [
    "whose calls a balancer sees",
    service({ type: "LoadBalancer" }, { type: "LoadBalancer", externalTrafficPolicy: "Cluster" }),
    "defaulting",
  ],
  [
    "whose calls a port of nodes sees",
    service({ type: "NodePort", externalTrafficPolicy: "Cluster" }, { type: "NodePort" }),
    "defaulting",
  ],
  ["whose calls nobody sees", service({}, { externalTrafficPolicy: "Cluster" })],
  [
    "whose calls a balancer sees otherwise",
    service({ type: "LoadBalancer" }, { type: "LoadBalancer", externalTrafficPolicy: "Local" }),
  ],
  [
    "a pull policy of a digest",
    [
      pull(`r/a@sha256:${"a".repeat(64)}`),
      pull(`r/a@sha256:${"a".repeat(64)}`, { imagePullPolicy: "IfNotPresent" }),
    ],
    "defaulting",
  ],
  [
    "a pull policy of no image",
    [deployment({ image: null }), deployment({ image: null, imagePullPolicy: "Always" })],
  ],
  [
    "a default under a key with a dot",
    [withPod({}, {}), withPod({ "a.dnsPolicy": "ClusterFirst" }, {})],
  ],
  [
    "its finalizers",
    [
      object("v1", "Service", { metadata: { name: "api", finalizers: ["a"] } }),
      object("v1", "Service", { metadata: { name: "api", finalizers: ["b"] } }),
    ],
  ],
  [
    "paths by their length",
    ingress(paths(["/a", "Prefix"], ["/b", "Exact"]), paths(["/b", "Exact"], ["/a", "Prefix"])),
    "order",
  ],
  [
    "paths that a controller reads in order",
    ingress(
      paths(["/a", "Prefix"], ["/b", "ImplementationSpecific"]),
      paths(["/b", "ImplementationSpecific"], ["/a", "Prefix"]),
    ),
  ],
  [
    "variables that read the one before",
    [env(["A", "1"], ["B", "$(A)"]), env(["B", "$(A)"], ["A", "1"])],
  ],
  [
    "variables that read a text",
    [env(["A", "1"], ["B", "$$(A)"]), env(["B", "$$(A)"], ["A", "1"])],
    "order",
  ],
  [
    "variables that read none of these",
    [env(["A", "1"], ["B", "$(C)"]), env(["B", "$(C)"], ["A", "1"])],
    "order",
  ],
  ["a tail of blanks", [config("one \ntwo"), config("one\ntwo\n")], "formatting"],
  ["a tail of one line", [config("one "), config("one")]],
  ["another text", [config("one\ntwo"), config("one\nthree")]],
  ["blanks before a line", [config("one\n  two"), config("one\n two")]],
  ["an end of a line of Windows", [config("one\r\ntwo"), config("one\ntwo")]],
  ["an interval", flux({ interval: "60m" }, { interval: "1h0m0s" }), "formatting"],
  ["a time out", flux({ timeout: "60s" }, { timeout: "1m" }), "formatting"],
  ["another interval", flux({ interval: "60m" }, { interval: "2h" })],
  ["a text like an interval", flux({ path: "60m" }, { path: "1h" })],
  [
    "an interval of a chart's values",
    release({ values: { interval: "60m" } }, { values: { interval: "1h" } }),
  ],
  ["intervals that are none", flux({ interval: "soon" }, { interval: "later" })],
  ["a folder", flux({ path: "./a" }, { path: "a/" }), "formatting"],
  ["a folder above", flux({ path: "./a/../b" }, { path: "b" })],
  ["a folder of another kind", release({ path: "./a" }, { path: "a" })],
  [
    "an amount",
    [
      deployment({ resources: { limits: { memory: "1Gi" } } }),
      deployment({ resources: { limits: { memory: "1024Mi" } } }),
    ],
    "formatting",
  ],
  [
    "an amount of resources of a kind that nobody knows",
    rollout(
      { resources: { requests: { cpu: "1" } } },
      { resources: { requests: { cpu: "1000m" } } },
    ),
    "formatting",
  ],
  [
    "a text of a kind that nobody knows",
    cr({ requests: { cpu: "1" } }, { requests: { cpu: "1000m" } }),
  ],
  ["a number of what is no amount", service({ externalName: "1" }, { externalName: "1.0" })],
  [
    "a pull policy of a version",
    [pull("r/a:1"), pull("r/a:1", { imagePullPolicy: "IfNotPresent" })],
    "defaulting",
  ],
  [
    "a pull policy of the latest",
    [pull("r/a:latest"), pull("r/a:latest", { imagePullPolicy: "Always" })],
    "defaulting",
  ],
  [
    "a pull policy of no tag",
    [pull("r/a"), pull("r/a", { imagePullPolicy: "Always" })],
    "defaulting",
  ],
  [
    "another pull policy of a version",
    [pull("r/a:1"), pull("r/a:1", { imagePullPolicy: "Always" })],
  ],
  [
    "a pull policy that is no longer written",
    [pull("r/a:1", { imagePullPolicy: "IfNotPresent" }), pull("r/a:1")],
    "defaulting",
  ],
  [
    "the group of a user",
    [roles({ kind: "User" }), roles({ kind: "User", apiGroup: "rbac.authorization.k8s.io" })],
    "defaulting",
  ],
  [
    "the group of an account",
    [roles({ kind: "ServiceAccount" }), roles({ kind: "ServiceAccount", apiGroup: "" })],
    "defaulting",
  ],
  [
    "another group of an account",
    [roles({ kind: "ServiceAccount" }), roles({ kind: "ServiceAccount", apiGroup: "x" })],
  ],
  [
    "a target port",
    service({ ports: [{ port: 80 }] }, { ports: [{ port: 80, targetPort: 80 }] }),
    "defaulting",
  ],
  [
    "another target port",
    service({ ports: [{ port: 80 }] }, { ports: [{ port: 80, targetPort: 81 }] }),
  ],
  ["the direction of a policy", policy({}, { policyTypes: ["Ingress"] }), "defaulting"],
  [
    "both directions of a policy",
    policy({ egress: [{}] }, { egress: [{}], policyTypes: ["Ingress", "Egress"] }),
    "defaulting",
  ],
  ["one more direction of a policy", policy({}, { policyTypes: ["Ingress", "Egress"] })],
  ["a field of another kind by the name of a default", cr({}, { dnsPolicy: "ClusterFirst" })],
  ["a default of pods elsewhere", service({}, { dnsPolicy: "ClusterFirst" })],
  ["nothing of a field", [withPod({}, {}), withPod({ dnsPolicy: null }, {})], "defaulting"],
  [
    "nothing of a key that is the user's",
    [withPod({}, {}), withPod({ nodeSelector: { a: null } }, {})],
  ],
  ["nothing of a chart's value", release({ values: {} }, { values: { a: null } })],
  ["nothing of a patch", flux({ patches: [{}] }, { patches: [{ patch: null }] })],
  ["nothing of Flux' own field", flux({}, { timeout: null }), "defaulting"],
  ["nothing of a kind that nobody knows", cr({}, { a: null })],
];

describe("an edit that looks like nothing", () => {
  for (const [what, [before, after], as] of rows) {
    it(`${as === undefined ? "counts" : `is ${as}`}: ${what}`, () => {
      const lines = editLines([before].flat(), [after].flat());
      assert.ok(lines.length > 0);
      for (const line of lines) {
        if (as === undefined) assert.doesNotMatch(line, /\((\w|-)+\)$/);
        else assert.ok(line.endsWith(`(${as})`), line);
      }
    });
  }
});
