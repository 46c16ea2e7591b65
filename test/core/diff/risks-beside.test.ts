// What a change means for what is applied with it, or by it.
import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { annotatedService, mounted, of, rbac } from "./pair.ts";
import { object } from "./manifests.ts";

type Side = readonly object[];
type Row = readonly [what: string, before: Side, after: Side, ...said: readonly string[]];

function said(before: Side, after: Side): readonly string[] {
  const file = (objects: Side) => [{ path: "a.yaml", text: objects.map(toYaml).join("---\n") }];
  return compareManifests(file(before), file(after)).risks.map(
    ({ severity, identity: { kind, name }, text }) => `${severity} ${kind} ${name}: ${text}`,
  );
}
const named = (type: string, name: string, body: object = {}) => {
  const [api = "", kind = ""] = type.split(" ");
  return object(api, kind, { metadata: { name, namespace: "shop" }, ...body });
};
const goes = "is removed, and Flux deletes it where it prunes";
type Pods = { readonly app?: string; readonly replicas?: number };
const run = (name: string, spec: object, { app = name, replicas }: Pods = {}) =>
  named("apps/v1 Deployment", name, {
    spec: {
      replicas,
      template: {
        metadata: { labels: { app } },
        spec: { containers: [{ name: "c", image: "r/c:1" }], ...spec },
      },
    },
  });
const settings = (name: string, data: object = {}, namespace = "shop") =>
  object("v1", "ConfigMap", { metadata: { name, namespace }, data });
const service = (name: string, port: object, selector: object = { app: "web" }) =>
  named("v1 Service", name, { spec: { selector, ports: [{ port: 80, ...port }] } });
const ports = (...all: object[]) => ({ containers: [{ name: "c", image: "r/c:1", ports: all }] });
const route = (service: object) =>
  of("networking.k8s.io/v1", "Ingress", {
    spec: { rules: [{ host: "a", http: { paths: [{ path: "/", backend: { service } }] } }] },
  });
const budget = (spec: object) =>
  named("policy/v1 PodDisruptionBudget", "pdb", {
    spec: { selector: { matchLabels: { app: "web" } }, ...spec },
  });
const moved = (one: object) => ({ ...one, metadata: { name: "a", namespace: "elsewhere" } });
const elsewhere = moved(budget({ minAvailable: 2 }));
const release = (more: object) =>
  named("helm.toolkit.fluxcd.io/v2 HelmRelease", "r", {
    spec: { chart: { spec: { chart: "c" } }, ...more },
  });
const flux = (more: object) =>
  named("kustomize.toolkit.fluxcd.io/v1 Kustomization", "k", { spec: { path: "./x", ...more } });
const away = moved(run("web", ports({ containerPort: 81 })));
const scaler = (name: string) =>
  named("autoscaling/v2 HorizontalPodAutoscaler", "h", {
    spec: { scaleTargetRef: { kind: "Deployment", name } },
  });
const sizer = named("autoscaling.k8s.io/v1 VerticalPodAutoscaler", "v", {
  spec: { targetRef: { kind: "Deployment", name: "web" } },
});
const counted = [
  ...["web", "api", "job"].map((name) => run(name, {}, { replicas: 2 })),
  { ...scaler("api"), metadata: { name: "other", namespace: "shop" } },
];
const reads = (key: string) =>
  run("web", {
    containers: [
      {
        name: "c",
        image: "r/c:1",
        env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "s", key } } }],
      },
    ],
  });
const items = (key: string, more: object = {}) =>
  run("web", {
    volumes: [{ name: "v", configMap: { name: "s", items: [{ key, path: "x" }], ...more } }],
  });

const rows: readonly Row[] = [
  [
    "settings that one still reads",
    [settings("api"), mounted("api")],
    [mounted("api")],
    `high ConfigMap api: ${goes}, while Deployment shop/api still uses it`,
  ],
  [
    "settings that two still read",
    [
      settings("api"),
      mounted("api"),
      run("web", { volumes: [{ name: "v", configMap: { name: "api" } }] }),
    ],
    [mounted("api"), run("web", { volumes: [{ name: "v", configMap: { name: "api" } }] })],
    `high ConfigMap api: ${goes}, while Deployment shop/api and 1 more still use it`,
  ],
  [
    "settings of another namespace",
    [settings("api", {}, "other"), mounted("api")],
    [mounted("api")],
  ],
  [
    "what makes a Secret that is used",
    [
      named("external-secrets.io/v1 ExternalSecret", "e", { spec: { target: { name: "s" } } }),
      run("web", { volumes: [{ name: "v", secret: { secretName: "s" } }] }),
    ],
    [run("web", { volumes: [{ name: "v", secret: { secretName: "s" } }] })],
    `high ExternalSecret e: ${goes}, and the Secret s with it, while Deployment shop/web still uses it`,
  ],
  [
    "a source that is used",
    [
      named("source.toolkit.fluxcd.io/v1 GitRepository", "g"),
      flux({ sourceRef: { kind: "GitRepository", name: "g" } }),
    ],
    [flux({ sourceRef: { kind: "GitRepository", name: "g" } })],
    `high GitRepository g: ${goes}, while Kustomization shop/k still uses it`,
  ],
  [
    "a role that is bound",
    [
      named(`${rbac} Role`, "r"),
      named(`${rbac} RoleBinding`, "b", { roleRef: { kind: "Role", name: "r" }, subjects: [] }),
    ],
    [named(`${rbac} RoleBinding`, "b", { roleRef: { kind: "Role", name: "r" }, subjects: [] })],
    `high Role r: ${goes}, while RoleBinding shop/b still uses it`,
  ],
  [
    "a key that is read",
    [settings("s", { a: "1", b: "1" }), reads("a")],
    [settings("s", { b: "1" }), reads("a")],
    "high ConfigMap s: has no key a, which Deployment shop/web reads: its next pods do not start",
  ],
  [
    "a key that begins to be read",
    [settings("s", { a: "1" }), reads("a")],
    [settings("s", { a: "1" }), reads("b")],
    "high Deployment web: reads the key b of ConfigMap shop/s, which has none: its pods do not start",
  ],
  [
    "a key that was not there before",
    [settings("s", { a: "1" }), reads("b")],
    [settings("s", { a: "2" }), reads("b")],
  ],
  [
    "a key of a volume",
    [settings("s", { a: "1" }), items("a")],
    [settings("s", {}), items("a")],
    "high ConfigMap s: has no key a, which Deployment shop/web reads: its next pods do not start",
  ],
  [
    "a key of a volume that may be without",
    [settings("s", { a: "1" }), items("a", { optional: true })],
    [settings("s", {}), items("a", { optional: true })],
  ],
  [
    "a Service that finds no pods",
    [service("s", {}), run("web", {})],
    [service("s", {}, { app: "api" }), run("web", {})],
    "high Service s: selects no pods any more: nothing answers",
    "medium Service s: selects other pods than before",
  ],
  [
    "pods that a Service no longer finds",
    [service("s", {}), run("web", {})],
    [service("s", {}), run("web", {}, { app: "api" })],
    "high Deployment web: leaves Service shop/s, which selects no pods any more: nothing answers",
  ],
  [
    "a port by its name",
    [service("s", { targetPort: "http" }), run("web", ports({ name: "http", containerPort: 1 }))],
    [service("s", { targetPort: "http" }), run("web", ports({ name: "web", containerPort: 1 }))],
    "high Deployment web: leaves Service shop/s, which sends to port http, which no container of its pods has",
  ],
  [
    "a port by its number",
    [service("s", { targetPort: 1 }), run("web", ports({ containerPort: 1 }))],
    [service("s", { targetPort: 1 }), run("web", ports({ containerPort: 2 }))],
  ],
  [
    "a port of a Service that an Ingress sends to",
    [
      route({ name: "s", port: { number: 80 } }),
      named("v1 Service", "s", { spec: { ports: [{ port: 80 }] } }),
    ],
    [
      route({ name: "s", port: { number: 80 } }),
      named("v1 Service", "s", { spec: { ports: [{ port: 81 }] } }),
    ],
    "high Service s: has no port 80, to which Ingress shop/api sends",
    "medium Service s: no longer listens on port 80",
  ],
  [
    "an Ingress to another port",
    [
      route({ name: "s", port: { number: 80 } }),
      named("v1 Service", "s", { spec: { ports: [{ port: 80 }] } }),
    ],
    [
      route({ name: "s", port: { number: 81 } }),
      named("v1 Service", "s", { spec: { ports: [{ port: 80 }] } }),
    ],
    "high Ingress api: sends to port 81 of Service shop/s, which has none",
    "medium Ingress api: sends a/ to s:81 instead of s:80",
  ],
  [
    "another port, where its pods listen then",
    [service("s", { targetPort: 80 }), run("web", ports({ containerPort: 80 }))],
    [service("s", { targetPort: 81 }), run("web", ports({ containerPort: 81 }))],
  ],
  [
    "another port by its name, where its pods listen then",
    [service("s", { targetPort: "a" }), run("web", ports({ containerPort: 80, name: "a" }))],
    [service("s", { targetPort: "b" }), run("web", ports({ containerPort: 80, name: "b" }))],
  ],
  [
    "another port, while its pods listen where they did",
    [service("s", { targetPort: 80 }), run("web", ports({ containerPort: 80 }))],
    [service("s", { targetPort: 81 }), run("web", ports({ containerPort: 80 }))],
    "medium Service s: sends port 80 to 81 of its pods instead of 80",
  ],
  [
    "another port, where pods of another namespace listen",
    [service("s", { targetPort: 80 }), away],
    [service("s", { targetPort: 81 }), away],
    "medium Service s: sends port 80 to 81 of its pods instead of 80",
  ],
  [
    "another port, where pods listen that it does not select",
    [service("s", { targetPort: 80 }), run("api", ports({ containerPort: 81 }))],
    [service("s", { targetPort: 81 }), run("api", ports({ containerPort: 81 }))],
    "medium Service s: sends port 80 to 81 of its pods instead of 80",
  ],
  [
    "an Ingress to a name outside",
    [
      route({ name: "s", port: { number: 80 } }),
      named("v1 Service", "s", { spec: { type: "ExternalName", ports: [{ port: 80 }] } }),
    ],
    [
      route({ name: "s", port: { number: 81 } }),
      named("v1 Service", "s", { spec: { type: "ExternalName", ports: [{ port: 80 }] } }),
    ],
    "medium Ingress api: sends a/ to s:81 instead of s:80",
  ],
  [
    "an account that nobody brings",
    [named("v1 ServiceAccount", "a"), run("web", { serviceAccountName: "a" })],
    [named("v1 ServiceAccount", "a"), run("web", { serviceAccountName: "b" })],
    "medium Deployment web: its pods act with the rights of ServiceAccount b, before a",
    "medium Deployment web: names ServiceAccount shop/b, which is not among what is applied: where it is not there, its pods do not start",
  ],
  [
    "the account that each namespace has",
    [named("v1 ServiceAccount", "a"), run("web", { serviceAccountName: "a" })],
    [named("v1 ServiceAccount", "a"), run("web", { serviceAccountName: "default" })],
    "medium Deployment web: its pods act with the rights of ServiceAccount default, before a",
  ],
  [
    "a budget of all",
    [budget({ minAvailable: 1 }), run("web", {}, { replicas: 2 })],
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 2 })],
    "medium PodDisruptionBudget pdb: lets no pod go (minAvailable 2 of 2): nodes cannot be drained",
  ],
  [
    "as few as their budget",
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 3 })],
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 2 })],
    "medium Deployment web: leaves PodDisruptionBudget shop/pdb no pod to let go (minAvailable 2 of 2): nodes cannot be drained",
  ],
  [
    "no more than their budget, as before",
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 2 })],
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 1 })],
    "medium Deployment web: goes from 2 to 1 replicas",
  ],
  [
    "none at all, whatever their budget",
    [budget({ minAvailable: 1 }), run("web", {}, { replicas: 2 })],
    [budget({ minAvailable: 1 }), run("web", {}, { replicas: 0 })],
    "high Deployment web: goes from 2 to 0 replicas: nothing of it runs",
  ],
  [
    "fewer than a budget of another namespace",
    [elsewhere, run("web", {}, { replicas: 3 })],
    [elsewhere, run("web", {}, { replicas: 2 })],
  ],
  [
    "fewer of one of two, which share a budget",
    [
      ...[budget({ minAvailable: 4 }), run("web", {}, { replicas: 3 })],
      run("api", {}, { app: "web", replicas: 2 }),
    ],
    [
      ...[budget({ minAvailable: 4 }), run("web", {}, { replicas: 2 })],
      run("api", { hostname: "x" }, { app: "web", replicas: 2 }),
    ],
    "medium Deployment web: leaves PodDisruptionBudget shop/pdb no pod to let go (minAvailable 4 of 4): nodes cannot be drained",
  ],
  [
    "more than their budget",
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 4 })],
    [budget({ minAvailable: 2 }), run("web", {}, { replicas: 3 })],
  ],
  [
    "a count that an autoscaler decides",
    [run("web", {}, { replicas: 2 }), scaler("web")],
    [run("web", {}, { replicas: 3 }), scaler("web")],
    "medium Deployment web: sets its replicas, which HorizontalPodAutoscaler shop/h decides: Flux sets them back",
  ],
  [
    "a count as before that an autoscaler decides",
    [run("web", {}, { replicas: 2 }), scaler("web")],
    [run("web", { hostname: "x" }, { replicas: 2 }), scaler("web")],
  ],
  [
    "a count beside what decides requests",
    [run("web", {}, { replicas: 2 }), sizer],
    [run("web", {}, { replicas: 3 }), sizer],
  ],
  [
    "a count beside what decides requests now",
    [run("web", {}, { replicas: 2 })],
    [run("web", {}, { replicas: 2 }), sizer],
  ],
  ["no count, which an autoscaler decides now", [run("web", {})], [run("web", {}), scaler("web")]],
  [
    "counts of others beside one that an autoscaler decides now",
    counted,
    [...counted, scaler("web")],
    "medium HorizontalPodAutoscaler h: decides the replicas that Deployment shop/web sets: Flux sets them back",
  ],
  [
    "a count that an autoscaler decides now",
    [run("web", {}, { replicas: 2 })],
    [run("web", {}, { replicas: 2 }), scaler("web")],
    "medium HorizontalPodAutoscaler h: decides the replicas that Deployment shop/web sets: Flux sets them back",
  ],
  [
    "no count where an autoscaler decides",
    [run("web", {}, { replicas: 2 }), scaler("web")],
    [run("web", {}, {}), scaler("web")],
  ],
  [
    "no count where only the size of its pods is decided",
    [run("web", {}, { replicas: 2 }), sizer],
    [run("web", {}, {}), sizer],
    "medium Deployment web: no longer says its replicas: 2 become 1, unless an autoscaler decides",
  ],
  [
    "values of a release",
    [settings("v", { a: "1" }), release({ valuesFrom: [{ kind: "ConfigMap", name: "v" }] })],
    [settings("v", { a: "2" }), release({ valuesFrom: [{ kind: "ConfigMap", name: "v" }] })],
    "high ConfigMap v: gives values to HelmRelease shop/r: what that makes of them is not known here",
  ],
  [
    "values of a Kustomization",
    [
      settings("v", { a: "1" }),
      flux({ postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "v" }] } }),
    ],
    [
      settings("v", { a: "2" }),
      flux({ postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "v" }] } }),
    ],
    "high ConfigMap v: gives values to Kustomization shop/k: what that makes of them is not known here",
  ],
  [
    "values of nobody",
    [settings("v", { a: "1" }), release({ valuesFrom: [{ kind: "Secret", name: "v" }] })],
    [settings("v", { a: "2" }), release({ valuesFrom: [{ kind: "Secret", name: "v" }] })],
  ],
  [
    "what gives values and changes its notes alone",
    [
      annotatedService({}),
      settings("v", { a: "1" }),
      release({ valuesFrom: [{ kind: "ConfigMap", name: "v" }] }),
    ],
    [
      annotatedService({ a: "b" }),
      settings("v", { a: "1" }),
      release({ valuesFrom: [{ kind: "ConfigMap", name: "v" }] }),
    ],
  ],
];

describe("what is said of a change beside what is applied with it", () => {
  for (const [what, before, after, ...lines] of rows) {
    it(`${what}: ${lines.join("; ") || "nothing"}`, () => {
      assert.deepEqual([...said(before, after)].sort(), [...lines].sort());
    });
  }
});
