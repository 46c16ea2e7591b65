// What is named and not there, or read and not given.
import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { object } from "./manifests.ts";

type Side = readonly object[];
type Row = readonly [what: string, before: Side, after: Side, ...said: readonly string[]];

function said(before: Side, after: Side): readonly string[] {
  const file = (objects: Side) => [{ path: "a.yaml", text: objects.map(toYaml).join("---\n") }];
  return compareManifests(file(before), file(after)).risks.map(
    ({ severity, rule, identity: { kind, name }, text }) =>
      `${severity} ${rule} ${kind} ${name}: ${text}`,
  );
}
const thing = (type: string, name: string, body: object = {}) => {
  const [api = "", kind = ""] = type.split(" ");
  return object(api, kind, { metadata: { name, namespace: "shop" }, ...body });
};
const run = (spec: object, container: object = {}) =>
  thing("apps/v1 Deployment", "web", {
    spec: {
      template: { spec: { ...spec, containers: [{ name: "c", image: "r/c:1", ...container }] } },
    },
  });
const reads = (kind: "configMapKeyRef" | "secretKeyRef", key: string, more: object = {}) =>
  run({}, { env: [{ name: "A", valueFrom: { [kind]: { name: "s", key, ...more } } }] });
const config = (data: object, field = "data", namespace = "shop") =>
  thing("v1 ConfigMap", "s", { [field]: data, metadata: { name: "s", namespace } });
const secret = (data: object, field = "stringData") => thing("v1 Secret", "s", { [field]: data });
const lacks = (what: string) =>
  `high missing-key ${what} s: has no key a, which Deployment shop/web reads: its next pods do not start`;
const external = (...keys: string[]) =>
  thing("external-secrets.io/v1 ExternalSecret", "s", {
    spec: { data: keys.map((secretKey) => ({ secretKey, remoteRef: { key: "r" } })) },
  });
const sealed = (data: object, template: object = {}) =>
  thing("bitnami.com/v1alpha1 SealedSecret", "s", {
    spec: { encryptedData: data, template: { data: template } },
  });
const account = (name: string) => thing("v1 ServiceAccount", name);
const route = (kind: string, ...refs: object[]) =>
  thing(`gateway.networking.k8s.io/v1 ${kind}`, "r", { spec: { rules: [{ backendRefs: refs }] } });
const service = (...ports: object[]) => thing("v1 Service", "s", { spec: { ports } });
const absent =
  "medium selection HTTPRoute r: sends to Service shop/t, which is not among what is applied";
const another = "medium rollout HTTPRoute r: sends its traffic to t instead of s";

const valued = (version: string, value = "a") =>
  object("v1", "ConfigMap", {
    metadata: { name: "v", namespace: "shop", labels: { "helm.sh/chart": `c-${version}` } },
    data: { value },
  });
const reader = (namespace: string) =>
  object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {
    metadata: { name: "r", namespace },
    spec: { valuesFrom: [{ kind: "ConfigMap", name: "v" }] },
  });
const rows: readonly Row[] = [
  [
    "a key of a Secret that goes",
    [secret({ a: "1", b: "1" }), reads("secretKeyRef", "a")],
    [secret({ b: "1" }), reads("secretKeyRef", "a")],
    lacks("Secret"),
  ],
  [
    "a key that moves to another field",
    [config({ a: "1" }), reads("configMapKeyRef", "a")],
    [config({ a: "MQ==" }, "binaryData"), reads("configMapKeyRef", "a")],
  ],
  [
    "a key of a Secret that moves to another field",
    [secret({ a: "1" }), reads("secretKeyRef", "a")],
    [secret({ a: "MQ==" }, "data"), reads("secretKeyRef", "a")],
  ],
  [
    "a key that may be missing",
    [config({ a: "1" }), reads("configMapKeyRef", "a", { optional: true })],
    [config({}), reads("configMapKeyRef", "a", { optional: true })],
  ],
  [
    "a key of another namespace",
    [config({ a: "1" }, "data", "x"), reads("configMapKeyRef", "a")],
    [config({}, "data", "x"), reads("configMapKeyRef", "a")],
  ],
  [
    "a key of a Secret by the name of settings",
    [config({ a: "1" }), reads("secretKeyRef", "a")],
    [config({}), reads("secretKeyRef", "a")],
  ],
  [
    "a key that every object of JavaScript has",
    [config({ toString: "1" }), reads("configMapKeyRef", "toString")],
    [config({ b: "1" }), reads("configMapKeyRef", "toString")],
    "high missing-key ConfigMap s: has no key toString, which Deployment shop/web reads: its next pods do not start",
  ],
  [
    "a key that External Secrets no longer fetches",
    [external("a", "b"), reads("secretKeyRef", "a")],
    [external("b"), reads("secretKeyRef", "a")],
    lacks("ExternalSecret"),
  ],
  [
    "a key of what it fetches as a whole",
    [external("a"), reads("secretKeyRef", "a")],
    [
      thing("external-secrets.io/v1 ExternalSecret", "s", { spec: { dataFrom: [] } }),
      reads("secretKeyRef", "a"),
    ],
  ],
  [
    "a key of what it makes by a template",
    [external("a"), reads("secretKeyRef", "a")],
    [
      thing("external-secrets.io/v1 ExternalSecret", "s", { spec: { target: { template: {} } } }),
      reads("secretKeyRef", "a"),
    ],
  ],
  [
    "a key that is no longer sealed",
    [sealed({ a: "x" }), reads("secretKeyRef", "a")],
    [sealed({ b: "x" }), reads("secretKeyRef", "a")],
    lacks("SealedSecret"),
  ],
  [
    "a key that is written beside the sealed ones",
    [sealed({ a: "x" }), reads("secretKeyRef", "a")],
    [sealed({}, { a: "x" }), reads("secretKeyRef", "a")],
  ],
  [
    "a key of a volume's Secret",
    [
      secret({ a: "1" }),
      run({ volumes: [{ name: "v", secret: { secretName: "s", items: [{ key: "a" }] } }] }),
    ],
    [
      secret({}),
      run({ volumes: [{ name: "v", secret: { secretName: "s", items: [{ key: "a" }] } }] }),
    ],
    lacks("Secret"),
  ],
  [
    "a volume without items",
    [secret({ a: "1" }), run({ volumes: [{ name: "v", secret: { secretName: "s" } }] })],
    [secret({}), run({ volumes: [{ name: "v", secret: { secretName: "s" } }] })],
  ],
  [
    "settings that nobody brings, where all others were here",
    [config({}), run({ volumes: [{ name: "v", configMap: { name: "s" } }] })],
    [config({}), run({ volumes: [{ name: "v", configMap: { name: "t" } }] })],
    "medium missing-key Deployment web: names ConfigMap shop/t, which is not among what is applied: where it is not there, its pods do not start",
  ],
  [
    "settings where some came from elsewhere before",
    [run({ volumes: [{ name: "v", configMap: { name: "s" } }] })],
    [run({ volumes: [{ name: "v", configMap: { name: "t" } }] })],
  ],
  ["the first settings", [run({})], [run({ volumes: [{ name: "v", configMap: { name: "t" } }] })]],
  [
    "settings that may be missing",
    [config({}), run({ volumes: [{ name: "v", configMap: { name: "s" } }] })],
    [config({}), run({ volumes: [{ name: "v", configMap: { name: "t", optional: true } }] })],
  ],
  [
    "a Secret that something else makes",
    [secret({}), run({ volumes: [{ name: "v", secret: { secretName: "s" } }] })],
    [
      secret({}),
      thing("x.io/v1 Maker", "m", { spec: { into: "t" } }),
      run({ volumes: [{ name: "v", secret: { secretName: "t" } }] }),
    ],
  ],
  [
    "an account of another kind by that name",
    [account("a"), run({ serviceAccountName: "a" })],
    [account("a"), thing("v1 ConfigMap", "b"), run({ serviceAccountName: "b" })],
    "medium grant Deployment web: its pods act with the rights of ServiceAccount b, before a",
    "medium missing-key Deployment web: names ServiceAccount shop/b, which is not among what is applied: where it is not there, its pods do not start",
  ],
  [
    "another name of a made Secret that is used",
    [
      thing("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "s" } }),
      run({ volumes: [{ name: "v", secret: { secretName: "s" } }] }),
    ],
    [
      thing("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "t" } }),
      run({ volumes: [{ name: "v", secret: { secretName: "s" } }] }),
    ],
    "medium missing-key Certificate c: makes the Secret t instead of s, which Deployment shop/web still uses",
  ],
  [
    "another name of a made Secret that nobody uses",
    [thing("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "s" } })],
    [thing("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "t" } })],
  ],
  [
    "another name, where another makes the old one",
    [
      thing("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "s" } }),
      run({ volumes: [{ name: "v", secret: { secretName: "s" } }] }),
    ],
    [
      thing("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "t" } }),
      external("a"),
      run({ volumes: [{ name: "v", secret: { secretName: "s" } }] }),
    ],
  ],
  [
    "a route to a port that is not there",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 81 })],
    "high selection HTTPRoute r: sends to port 81 of Service shop/s, which has none",
  ],
  [
    "a route to a Service that is not here",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "t", port: 80 })],
    absent,
    another,
  ],
  [
    "a route that led elsewhere before too",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 }, { name: "u", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 }, { name: "t", port: 80 })],
    "medium rollout HTTPRoute r: sends 50 % of its traffic to t, before 0 %",
  ],
  [
    "a route to what is no Service",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "t", port: 80, kind: "Bucket" })],
    another,
  ],
  [
    "a route to another group's Service",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "t", port: 80, group: "x.io" })],
    another,
  ],
  [
    "a route to another namespace",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80, namespace: "x" })],
    "medium selection HTTPRoute r: sends to Service x/s, which is not among what is applied",
  ],
  [
    "a route without a port",
    [service({ port: 80 }), route("HTTPRoute", { name: "s", port: 80 })],
    [service({ port: 80 }), route("HTTPRoute", { name: "s" })],
  ],
  [
    "a route to a port by its name",
    [service({ port: 80, name: "http" }), route("TCPRoute", { name: "s", port: 80 })],
    [service({ port: 80, name: "http" }), route("TCPRoute", { name: "s", port: "http" })],
  ],
  [
    "an Ingress to a port by its name",
    [service({ port: 80, name: "http" }), entrance({ name: "http" })],
    [service({ port: 80, name: "http" }), entrance({ name: "web" })],
    "high selection Ingress i: sends to port web of Service shop/s, which has none",
    "medium exposure Ingress i: sends what no rule takes to s:web instead of s:http (defaultBackend)",
  ],
  [
    "values of which a label of a version alone changes",
    [valued("1"), reader("shop")],
    [valued("2"), reader("shop")],
  ],
  ["values that are new", [reader("shop")], [valued("1"), reader("shop")]],
  [
    "values that a release of another namespace does not read",
    [valued("1", "a"), reader("other")],
    [valued("1", "b"), reader("other")],
  ],
  [
    "values that a release reads",
    [valued("1", "a"), reader("shop")],
    [valued("1", "b"), reader("shop")],
    "high unknown-effect ConfigMap v: gives values to HelmRelease shop/r: what that makes of them is not known here",
  ],
  ["a new route to nowhere", [], [route("HTTPRoute", { name: "t", port: 80 })]],
];

function entrance(port: object) {
  return thing("networking.k8s.io/v1 Ingress", "i", {
    spec: { defaultBackend: { service: { name: "s", port } } },
  });
}

describe("what is said of what is named and not there", () => {
  for (const [what, before, after, ...lines] of rows) {
    it(`${what}: ${lines.join("; ") || "nothing"}`, () => {
      assert.deepEqual([...said(before, after)].sort(), [...lines].sort());
    });
  }
});
