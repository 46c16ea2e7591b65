// Who sends to what: only what concerns where requests end is held here.
import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";

type Side = readonly object[];

function said(before: Side, after: Side): readonly string[] {
  const file = (objects: Side) => [{ path: "a.yaml", text: objects.map(toYaml).join("---\n") }];
  return compareManifests(file(before), file(after))
    .risks.map(
      ({ severity, identity: { kind, name }, text }) => `${severity} ${kind} ${name}: ${text}`,
    )
    .filter((line) => /sends to (port|Service)|to which .* sends/.test(line));
}

const at = (type: string, name: string, spec: object) => {
  const [apiVersion = "", kind = ""] = type.split(" ");
  return { apiVersion, kind, metadata: { name, namespace: "shop" }, spec };
};
const service = (name: string, ...ports: object[]) => at("v1 Service", name, { ports });
const http = { name: "http", port: 80 };
const backend = (name: string, port?: object) => ({ service: { name, ...(port && { port }) } });
const ingress = (name: string, spec: object) => at("networking.k8s.io/v1 Ingress", name, spec);
const toDefault = (name: string, port?: object) => ({ defaultBackend: backend(name, port) });
const toPaths = (...all: object[]) => ({
  rules: [{ http: { paths: all.map((one) => ({ path: "/", backend: one })) } }],
});
const route = (...backendRefs: object[]) =>
  at("gateway.networking.k8s.io/v1 HTTPRoute", "r", { rules: [{ backendRefs }] });
const noted = (one: ReturnType<typeof at>) => ({
  ...one,
  metadata: { ...one.metadata, labels: { team: "a" } },
});
const toS80 = ingress("i", toDefault("s", { number: 80 }));

const rows: readonly (readonly [string, Side, Side, ...string[]])[] = [
  [
    "a path of an Ingress",
    [service("s", http), ingress("i", toPaths(backend("s", { name: "http" })))],
    [service("s", { port: 80 }), ingress("i", toPaths(backend("s", { name: "http" })))],
    "high Service s: has no port http, to which Ingress shop/i sends",
  ],
  [
    "two that send, of which one is told with each",
    [service("s", http), toS80, ingress("j", toDefault("s", { number: 80 }))],
    [service("s", { port: 81 }), toS80, ingress("j", toDefault("s", { number: 80 }))],
    "high Service s: has no port 80, to which Ingress shop/i sends",
    "high Service s: has no port 80, to which Ingress shop/j sends",
  ],
  [
    "another Service that loses nothing",
    [service("s", http), service("t", http), toS80],
    [service("s", { port: 81 }), noted(service("t", http)), toS80],
    "high Service s: has no port 80, to which Ingress shop/i sends",
  ],
  [
    "one port of two by which it is reached",
    [service("s", http, { name: "m", port: 81 }), toS80],
    [noted(service("s", http, { name: "m", port: 81 })), toS80],
  ],
  [
    "what led nowhere before",
    [service("s", { port: 81 }), toS80],
    [noted(service("s", { port: 81 })), noted(toS80)],
  ],
  [
    "no port at all",
    [service("s", http), ingress("i", toDefault("s"))],
    [noted(service("s", http)), noted(ingress("i", toDefault("s")))],
  ],
  [
    "another Ingress that changes beside it",
    [service("s", http), toS80, ingress("j", {})],
    [service("s", { port: 81 }), toS80, noted(ingress("j", {}))],
    "high Service s: has no port 80, to which Ingress shop/i sends",
  ],
  [
    "a port that the Ingress itself gets wrong",
    [service("s", http), toS80],
    [service("s", http), ingress("i", toDefault("s", { number: 81 }))],
    "high Ingress i: sends to port 81 of Service shop/s, which has none",
  ],
  [
    "a Service that is not there",
    [service("s", http), toS80],
    [service("s", http), ingress("i", toDefault("x", { number: 80 }))],
    "medium Ingress i: sends to Service shop/x, which is not among what is applied",
  ],
  [
    "one of those that come from elsewhere",
    [service("s", http), ingress("i", toPaths(backend("x", { number: 80 })))],
    [service("s", http), ingress("i", toPaths(backend("y", { number: 80 })))],
  ],
  [
    "what sent to nothing before",
    [ingress("i", {})],
    [ingress("i", toDefault("x", { number: 80 }))],
  ],
  [
    "a resource that is no Service",
    [service("s", http), toS80],
    [
      service("s", http),
      ingress("i", { defaultBackend: { resource: { kind: "Bucket", name: "b" } } }),
    ],
  ],
  [
    "what has an external name",
    [service("s", http), toS80],
    [{ ...service("s"), spec: { type: "ExternalName", externalName: "a.b" } }, toS80],
  ],
  [
    "a Service of another API",
    [service("s", http), toS80],
    [at("serving.knative.dev/v1 Service", "s", { ports: [http] }), toS80],
  ],
  [
    "a Service of Knative that changes beside it",
    [service("s", http), at("serving.knative.dev/v1 Service", "k", {}), toS80],
    [service("s", { port: 81 }), at("serving.knative.dev/v1 Service", "k", { a: 1 }), toS80],
    "high Service s: has no port 80, to which Ingress shop/i sends",
  ],
  [
    "an Ingress of another API",
    [service("s", http), { ...toS80, apiVersion: "x.io/v1" }],
    [service("s", { port: 81 }), { ...toS80, apiVersion: "x.io/v1" }],
  ],
  [
    "a route",
    [service("s", http), route({ name: "s", port: 80 })],
    [service("s", { port: 81 }), route({ name: "s", port: 80 })],
    "high Service s: has no port 80, to which HTTPRoute shop/r sends",
  ],
  [
    "a route to what is no Service",
    [service("s", http), route({ name: "s", port: 80 })],
    [service("s", http), route({ name: "x", kind: "Bucket", group: "x.io", port: 80 })],
  ],
  [
    "what is no route, of the same API",
    [service("s", http), { ...route({ name: "s", port: 80 }), kind: "BackendPolicy" }],
    [service("s", { port: 81 }), { ...route({ name: "s", port: 80 }), kind: "BackendPolicy" }],
  ],
  [
    "a route of another API",
    [service("s", http), { ...route({ name: "s", port: 80 }), apiVersion: "x.io/v1" }],
    [service("s", { port: 81 }), { ...route({ name: "s", port: 80 }), apiVersion: "x.io/v1" }],
  ],
  ["what goes with its Service", [service("s", http), toS80], []],
  [
    "what comes with a mistake",
    [service("s", http)],
    [service("s", http), ingress("i", toDefault("s", { number: 81 }))],
  ],
];

describe("where an Ingress or a route leads", () => {
  for (const [what, before, after, ...lines] of rows) {
    it(`${what}: ${lines.join("; ") || "nothing"}`, () => {
      assert.deepEqual([...said(before, after)].sort(), [...lines].sort());
    });
  }
});
