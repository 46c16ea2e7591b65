// Who reads which key of what: only what concerns keys is held here.
import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";

type Side = readonly object[];

function said(before: Side, after: Side): readonly string[] {
  const file = (objects: Side) => [{ path: "a.yaml", text: objects.map(toYaml).join("---\n") }];
  return compareManifests(file(before), file(after))
    .risks.map(
      ({ identity: { kind, namespace, name }, text }) => `${kind} ${namespace}/${name}: ${text}`,
    )
    .filter((line) => /has no key|reads the key/.test(line));
}

const map = (
  keys: readonly string[],
  { kind = "ConfigMap", name = "m", namespace = "shop", apiVersion = "v1" } = {},
) => ({
  ...{ apiVersion, kind, metadata: { name, namespace } },
  data: Object.fromEntries(keys.map((key) => [key, "YQ=="])),
});
const runs = (spec: object, name = "d", namespace = "shop") => ({
  ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace } },
  spec: { template: { spec: { containers: [{ name: "c", image: "r/c:1" }], ...spec } } },
});
const env = (valueFrom: object) => ({
  containers: [{ name: "c", image: "r/c:1", env: [{ name: "A", valueFrom }] }],
});
const of = (key: unknown, more: object = {}) =>
  env({ configMapKeyRef: { name: "m", key, ...more } });
const mounts = (volume: object) => ({ volumes: [{ name: "v", ...volume }] });
const a = runs(of("a"));
const gone =
  "ConfigMap shop/m: has no key a, which Deployment shop/d reads: its next pods do not start";

const rows: readonly (readonly [string, Side, Side, ...string[]])[] = [
  ["of env", [map(["a", "b"]), a], [map(["b"]), a], gone],
  [
    "that may be missing",
    [map(["a"]), runs(of("a", { optional: true }))],
    [map([]), runs(of("a", { optional: true }))],
  ],
  ["that is none", [map(["a"]), runs(of(1))], [map([]), runs(of(1))]],
  ["that was missing before", [map([]), a], [map(["b"]), a]],
  [
    "by two",
    [map(["a"]), a, runs(of("a"), "e")],
    [map([]), a, runs(of("a"), "e")],
    gone,
    gone.replace("/d", "/e"),
  ],
  [
    "of another namespace",
    [map(["a"]), map(["a"], { namespace: "b" }), a],
    [map(["a"]), map([], { namespace: "b" }), a],
  ],
  [
    "of another name",
    [map(["a"]), map(["a"], { name: "n" }), a],
    [map(["a"]), map([], { name: "n" }), a],
  ],
  [
    "of another kind",
    [map(["a"]), map(["a"], { kind: "Secret" }), a],
    [map(["a"]), map([], { kind: "Secret" }), a],
  ],
  ["of another API", [map(["a"]), a], [map(["a"]), map([], { apiVersion: "x.io/v1" }), a]],
  [
    "of a kind with a longer name",
    [map(["a"]), a],
    [map(["a"]), map([], { kind: "ConfigMapSet" }), a],
  ],
  [
    "beside what changes and reads none",
    [map(["a"]), a, runs({}, "e")],
    [map([]), a, runs({ replicas: 2 }, "e")],
    gone,
  ],
  ["that nobody reads any more", [map(["a"]), a], [map([]), runs({})]],
  [
    "that a pod reads from now on",
    [map(["b"]), runs({})],
    [map(["b"]), a],
    "Deployment shop/d: reads the key a of ConfigMap shop/m, which has none: its pods do not start",
  ],
  [
    "of a volume",
    [map(["a"]), runs(mounts({ configMap: { name: "m", items: [{ key: "a" }] } }))],
    [map([]), runs(mounts({ configMap: { name: "m", items: [{ key: "a" }] } }))],
    gone,
  ],
  [
    "of a volume that may lack it",
    [map(["a"]), runs(mounts({ configMap: { name: "m", optional: true, items: [{ key: "a" }] } }))],
    [map([]), runs(mounts({ configMap: { name: "m", optional: true, items: [{ key: "a" }] } }))],
  ],
  [
    "of a volume that names none",
    [map(["a"]), runs(mounts({ configMap: { name: "m", items: [{ path: "a" }] } }))],
    [map([]), runs(mounts({ configMap: { name: "m", items: [{ path: "a" }] } }))],
  ],
  [
    "of a Secret's volume",
    [
      map(["a"], { kind: "Secret" }),
      runs(mounts({ secret: { secretName: "m", items: [{ key: "a" }] } })),
    ],
    [
      map([], { kind: "Secret" }),
      runs(mounts({ secret: { secretName: "m", items: [{ key: "a" }] } })),
    ],
    gone.replace("ConfigMap", "Secret"),
  ],
  ["with all that holds it", [map(["a"]), a], [a]],
  ["with whom reads it", [map(["a"]), a], [map([])]],
];

describe("a key that leaves", () => {
  for (const [what, before, after, ...lines] of rows) {
    it(`${what}: ${lines.join("; ") || "nothing"}`, () => {
      assert.deepEqual([...said(before, after)].sort(), [...lines].sort());
    });
  }
});
