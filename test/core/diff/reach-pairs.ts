// Data that pods look for elsewhere, entrances that lead nowhere, names that nobody brings.
import { deployment } from "./manifests.ts";
import { ingress, type LabelledPair, mounted, of, pair, spec, withPod } from "./pair.ts";

const data = { name: "d", persistentVolumeClaim: { claimName: "c" } };
const at = (mountPath: string, more: object = {}, name = "a") =>
  withPod({ volumes: [data] }, { name, volumeMounts: [{ name: "d", mountPath, ...more }] });
const stateful = (body: object) =>
  of("apps/v1", "StatefulSet", {
    spec: {
      volumeClaimTemplates: [{ metadata: { name: "d" } }],
      template: {
        spec: {
          containers: [
            { name: "a", image: "r/a:1", volumeMounts: [{ name: "d", mountPath: "/d" }] },
          ],
        },
      },
      ...body,
    },
  });
const entrance = (service: object) =>
  of("networking.k8s.io/v1", "Ingress", {
    spec: { rules: [{ host: "a", http: { paths: [{ path: "/", backend: { service } }] } }] },
  });
const service = (name: string, ports: object[]) =>
  of("v1", "Service", { metadata: { name, namespace: "shop" }, spec: { ports } });
const http = [service("x", [{ port: 80, name: "http" }]), service("y", [{ port: 80 }])];
const route = (name: string, port: number) =>
  of("gateway.networking.k8s.io/v1", "HTTPRoute", {
    spec: { rules: [{ backendRefs: [{ name, port }] }] },
  });
const settings = (name: string) => of("v1", "ConfigMap", { metadata: { name, namespace: "shop" } });

export const reachPairs: readonly LabelledPair[] = [
  pair(
    "claims that go when their set does",
    [stateful({}), stateful({ persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } })],
    "high data-loss",
  ),
  pair("claims that stay, written out", [
    stateful({}),
    stateful({ persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" } }),
  ]),
  pair("claims that stay, no longer written out", [
    stateful({ persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" } }),
    stateful({}),
  ]),
  pair("data at another place", [at("/data"), at("/srv")], "medium data-loss"),
  pair("data of a folder of it", [at("/data"), at("/data", { subPath: "x" })], "medium data-loss"),
  pair("a container's other name", [at("/data"), at("/data/", {}, "b")]),
  pair(
    "pods that stay old",
    [stateful({}), stateful({ updateStrategy: { rollingUpdate: { partition: 2 } } })],
    "medium rollout",
  ),
  pair(
    "runs that overlap",
    spec("batch/v1", "CronJob")({ concurrencyPolicy: "Forbid" }, {}),
    "medium rollout",
  ),
  pair(
    "an Ingress that leads elsewhere",
    [
      [entrance({ name: "x", port: { number: 80 } }), ...http],
      [entrance({ name: "y", port: { number: 80 } }), ...http],
    ],
    "medium exposure",
  ),
  pair(
    "an Ingress that leads to no Service",
    [
      [entrance({ name: "x", port: { number: 80 } }), ...http],
      [entrance({ name: "z", port: { number: 80 } }), ...http],
    ],
    "medium exposure",
    "medium selection",
  ),
  pair(
    "a port of a Service that an Ingress names",
    [
      [entrance({ name: "x", port: { name: "http" } }), ...http],
      [entrance({ name: "x", port: { name: "http" } }), service("x", [{ port: 80, name: "web" }])],
    ],
    "high selection",
    "medium removal",
  ),
  pair(
    "a route to a port that is not there",
    [
      [route("x", 80), ...http],
      [route("x", 81), ...http],
    ],
    "high selection",
  ),
  pair("a route to what comes from elsewhere", [route("x", 80), route("x", 81)]),
  pair("a route to another Service", [route("x", 80), route("y", 80)], "medium rollout"),
  pair(
    "an Ingress of a host more",
    ingress({ rules: [{ host: "a" }] }, { rules: [{ host: "a" }, { host: "b" }] }),
  ),
  pair(
    "settings that nobody brings",
    [
      [settings("api"), mounted("api")],
      [settings("api"), mounted("apo")],
    ],
    "medium missing-key",
  ),
  pair("settings from elsewhere, before and after", [mounted("a"), mounted("b")]),
  pair(
    "an account that nobody brings",
    [
      [of("v1", "ServiceAccount"), withPod({ serviceAccountName: "api" }, {})],
      [of("v1", "ServiceAccount"), withPod({ serviceAccountName: "app" }, {})],
    ],
    "medium missing-key",
    "medium grant",
  ),
  pair("settings that come along", [
    [settings("a"), mounted("a")],
    [settings("a"), settings("b"), mounted("b")],
  ]),
  pair("a Secret that another object makes", [
    [of("v1", "Secret", { metadata: { name: "a", namespace: "shop" } }), secret("a")],
    [
      of("v1", "Secret", { metadata: { name: "a", namespace: "shop" } }),
      of("external-secrets.io/v1", "ExternalSecret", { spec: { target: { name: "b" } } }),
      secret("b"),
    ],
  ]),
];

function secret(name: string) {
  return deployment({ envFrom: [{ secretRef: { name } }] });
}
