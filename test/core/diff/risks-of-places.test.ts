// Where pods run and traffic goes: what is said, and where the line lies.
import { container, of, pod, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

// How new pods take the place of old ones, and how traffic comes to them: what is said, and where the
// line lies.
import { deployment, object } from "./manifests.ts";
const medium = (text: string) => `medium rollout: ${text}`;
const many = (from: number, to: number) =>
  [deployment({}, { replicas: from }), deployment({}, { replicas: to })] as const;
const route = spec("gateway.networking.k8s.io/v1", "HTTPRoute");
const mesh = spec("networking.istio.io/v1", "VirtualService");
const traefik = spec("traefik.io/v1alpha1", "TraefikService");
const shares = (...weights: readonly (number | undefined)[]) => ({
  rules: [{ backendRefs: weights.map((weight, at) => ({ name: "abc"[at], weight })) }],
});
const goes = (to: number, name: string, from: number) =>
  medium(`sends ${to} % of its traffic to ${name}, before ${from} %`);
const lacks = (key: string) =>
  medium(`its pods no longer tolerate ${key}: they cannot run on nodes that have it`);
const tolerates = (...tolerations: object[]) => ({ tolerations });
const asks = (memory: string) => ({ resources: { requests: { memory } } });
const nodes = (what: string) =>
  medium(`its pods run on nodes with ${what} alone: where none is free they wait`);
const required = (...nodeSelectorTerms: object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
});
const term = (key: string, operator = "Exists") => ({ matchExpressions: [{ key, operator }] });
const classes = (kind: string, annotation: string, value?: string) =>
  object("storage.k8s.io/v1", kind, {
    metadata: { name: "a", annotations: value === undefined ? {} : { [annotation]: value } },
  });
const usual = "storageclass.kubernetes.io/is-default-class";
const settings = (name: string, data: object) =>
  object("v1", "ConfigMap", { metadata: { name, namespace: "kube-system" }, data });

describe("what is said of where pods run", () => {
  saysOfRisks([
    [
      "ten times as many",
      many(2, 20),
      medium("goes from 2 to 20 replicas: where the nodes have no room for them they wait"),
    ],
    ["nearly ten times as many", many(2, 19)],
    ["many of none", many(0, 20)],
    [
      "ten times the memory",
      container(asks("1Gi"), asks("10Gi")),
      medium(
        "container a asks for 10Gi instead of 1Gi memory: where no node has that, its pods wait",
      ),
    ],
    ["nearly ten times the memory", container(asks("1Gi"), asks("9Gi"))],
    ["much memory of none", container(asks("0"), asks("9Gi"))],
    ["a toleration that goes", pod(tolerates({ key: "a" }))({}), lacks("the taint a")],
    ["all tolerations", pod(tolerates({ operator: "Exists" }))({}), lacks("any taint")],
    ["all in place of one", pod(tolerates({ key: "a" }))(tolerates({ operator: "Exists" }))],
    [
      "all of a key in place of one",
      pod(tolerates({ key: "a", value: "x" }))(tolerates({ key: "a", operator: "Exists" })),
    ],
    [
      "all of another key",
      pod(tolerates({ key: "a" }))(tolerates({ key: "b", operator: "Exists" })),
      lacks("the taint a"),
    ],
    [
      "every effect in place of one",
      pod(tolerates({ key: "a", effect: "NoSchedule" }))(tolerates({ key: "a" })),
    ],
    [
      "one effect in place of all",
      pod(tolerates({ key: "a" }))(tolerates({ key: "a", effect: "NoSchedule" })),
      lacks("the taint a"),
    ],
    [
      "another effect",
      pod(tolerates({ key: "a", effect: "NoExecute" }))(
        tolerates({ key: "a", effect: "NoSchedule" }),
      ),
      lacks("the taint a"),
    ],
    ["one node more to choose", pod(required(term("a")))(required(term("a"), term("b")))],
    [
      "one node fewer to choose",
      pod(required(term("a"), term("b")))(required(term("a"))),
      nodes("a Exists null"),
    ],
    [
      "two words for a node",
      pod({})(
        required({
          matchExpressions: [
            { key: "a", operator: "Exists" },
            { key: "b", operator: "Exists" },
          ],
        }),
      ),
      nodes("a Exists null and b Exists null"),
    ],
    ["nodes no longer chosen", pod(required(term("a")))({})],
    [
      "another label of nodes",
      pod({ nodeSelector: { a: "b", c: "d" } })({ nodeSelector: { a: "x", c: "d" } }),
      nodes("a=x"),
    ],
    [
      "the usual class",
      [classes("StorageClass", usual), classes("StorageClass", usual, "true")],
      medium("becomes what is taken where no StorageClass is named"),
    ],
    [
      "no longer the usual class",
      [classes("StorageClass", usual, "true"), classes("StorageClass", usual, "false")],
      medium("is no longer what is taken where no StorageClass is named"),
    ],
    [
      "the usual class as before",
      [classes("StorageClass", usual, "true"), classes("StorageClass", usual, "true")],
    ],
    [
      "the usual class by a word of entrances",
      [
        classes("StorageClass", "ingressclass.kubernetes.io/is-default-class"),
        classes("StorageClass", "ingressclass.kubernetes.io/is-default-class", "true"),
      ],
    ],
    [
      "the usual entrance",
      [
        classes("IngressClass", "ingressclass.kubernetes.io/is-default-class"),
        classes("IngressClass", "ingressclass.kubernetes.io/is-default-class", "true"),
      ],
      medium("becomes what is taken where no IngressClass is named"),
    ],
    [
      "a priority for all",
      [
        of("scheduling.k8s.io/v1", "PriorityClass", { globalDefault: false }),
        of("scheduling.k8s.io/v1", "PriorityClass", { globalDefault: true }),
      ],
      medium("becomes the priority of all pods that name none (globalDefault)"),
    ],
    [
      "a priority no longer for all",
      [
        of("scheduling.k8s.io/v1", "PriorityClass", { globalDefault: true }),
        of("scheduling.k8s.io/v1", "PriorityClass", { globalDefault: false }),
      ],
    ],
    ...["coredns", "coredns-custom"].map(
      (name) =>
        [
          `names by ${name}`,
          [settings(name, { a: "1" }), settings(name, { a: "2" })],
          medium("changes how the cluster finds hosts by their names"),
        ] as const,
    ),
    [
      "the proxy of nodes",
      [settings("kube-proxy", { a: "1" }), settings("kube-proxy", { a: "2" })],
      medium("changes how the cluster's Services are reached"),
    ],
    ["anything beside it", [settings("other", { a: "1" }), settings("other", { a: "2" })]],
  ]);
});

describe("what is said of the shares of traffic", () => {
  saysOfRisks([
    ["half of it", route(shares(100, 0), shares(50, 50)), goes(50, "b", 0)],
    ["less than half", route(shares(100, 0), shares(51, 49))],
    ["all of it", route(shares(100, 0), shares(0, 100)), goes(100, "b", 0)],
    ["weights that are small", route(shares(1, 0), shares(1, 3)), goes(75, "b", 0)],
    [
      "without a word equal ones",
      route(shares(undefined, 0), shares(undefined, undefined)),
      goes(50, "b", 0),
    ],
    ["one becomes two", route(shares(undefined), shares(10, 90)), goes(90, "b", 0)],
    [
      "another one",
      route(
        { rules: [{ backendRefs: [{ name: "a" }] }] },
        { rules: [{ backendRefs: [{ name: "b" }] }] },
      ),
      "medium rollout: sends its traffic to b instead of a",
    ],
    ["nothing before", route(shares(0, 0), shares(0, 100))],
    [
      "one more rule",
      route(shares(100, 0), { rules: [...shares(0, 100).rules, {}] }),
      goes(100, "b", 0),
    ],
    [
      "what is no weight",
      route(shares(100, 0), {
        rules: [
          {
            backendRefs: [
              { name: "a", weight: 100 },
              { name: "b", weight: "x" },
            ],
          },
        ],
      }),
    ],
    [
      "twice to the same one",
      route(shares(100, 0), {
        rules: [
          {
            backendRefs: [
              { name: "a", weight: 40 },
              { name: "b", weight: 30 },
              { name: "b", weight: 30 },
            ],
          },
        ],
      }),
      goes(60, "b", 0),
    ],
    ...["http", "tcp", "tls"].map((protocol) => {
      const of = (weights: readonly number[]) => ({
        [protocol]: [
          {
            route: weights.map((weight, at) => ({
              weight,
              destination: { host: "h", subset: "ab"[at] },
            })),
          },
        ],
      });
      return [
        `of Istio's ${protocol}`,
        mesh(of([90, 10]), of([30, 70])),
        goes(70, "h b", 10),
      ] as const;
    }),
    [
      "of Traefik's service",
      traefik(
        {
          weighted: {
            services: [
              { name: "a", weight: 9 },
              { name: "b", weight: 1 },
            ],
          },
        },
        {
          weighted: {
            services: [
              { name: "a", weight: 1 },
              { name: "b", weight: 9 },
            ],
          },
        },
      ),
      goes(90, "b", 10),
    ],
    [
      "of Traefik's route",
      spec("traefik.io/v1alpha1", "IngressRoute")(
        {
          routes: [
            {
              services: [
                { name: "a", weight: 1 },
                { name: "b", weight: 0 },
              ],
            },
          ],
        },
        {
          routes: [
            {
              services: [
                { name: "a", weight: 0 },
                { name: "b", weight: 1 },
              ],
            },
          ],
        },
      ),
      goes(100, "b", 0),
    ],
    ["of another kind", spec("example.com/v1", "Route")(shares(100, 0), shares(0, 100))],
  ]);
});
