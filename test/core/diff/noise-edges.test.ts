// What only looks as if it said nothing of what will run.
import assert from "node:assert/strict";
import { deployment, editLines, object } from "./manifests.ts";
import { flux, ingress, release, service, spec, withPod } from "./pair.ts";

type Sides = readonly [before: object | readonly object[], after: object | readonly object[]];
type Row = readonly [what: string, sides: Sides, as?: string];
const noted = (labels: object, annotations: object = {}) =>
  object("v1", "Service", { metadata: { name: "api", namespace: "shop", labels, annotations } });
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
  [
    "what the server counts",
    [
      object("v1", "Service", { metadata: { name: "api", generation: 1 } }),
      object("v1", "Service", { metadata: { name: "api", generation: 2 } }),
    ],
    "managed",
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
