import { anything, configMap, deployment, type Layout, lists, service } from "./layout.ts";

const fluxed = (name: string, spec: Layout["spec"], more: Partial<Layout> = {}): Layout => ({
  name,
  files: {
    "web.yaml": deployment("web"),
    "settings.yaml": configMap("settings"),
    "svc.yaml": service("web"),
  },
  ...(spec && { spec }),
  ...more,
});
const substitution = {
  "a.yaml": configMap(
    "a",
    '{ a: "${A}", b: "${B:=low}", c: "$${C}", d: "${A^^}-${A:0:1}", f: "${A/o/0}", g: "$A", h: "${B:-x}${A:+set}" }',
  ),
};

/** What a Flux Kustomization says beside its path. */
export const ofFlux: readonly Layout[] = [
  fluxed(
    "target-namespace",
    { targetNamespace: "target-namespace" },
    {
      files: {
        "a.yaml": configMap("a").replace("NAMESPACE", "elsewhere"),
        "b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n",
      },
    },
  ),
  fluxed("common-metadata", {
    commonMetadata: { labels: { team: "shop", app: "over" }, annotations: { note: "yes" } },
  }),
  fluxed("names-of-flux", { namePrefix: "p-", nameSuffix: "-s" }),
  fluxed("images-of-flux", { images: [{ name: "registry.fabrikam.com/web", newTag: "1e3" }] }),
  fluxed("patches-of-flux", {
    patches: [
      {
        patch:
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  paused: true\n",
        target: { kind: "Deployment", name: "web" },
      },
      {
        patch: '[{ "op": "add", "path": "/data/on", "value": "off" }]',
        target: { kind: "ConfigMap" },
      },
    ],
  }),
  fluxed("all-of-flux", {
    targetNamespace: "all-of-flux",
    namePrefix: "p-",
    commonMetadata: { labels: { team: "shop" }, annotations: { kept: "${TEAM}" } },
    images: [{ name: "registry.fabrikam.com/web", newTag: "${TAG}" }],
    postBuild: { substitute: { TEAM: "shop", TAG: "v2" } },
    patches: [
      {
        patch: '[{"op":"add","path":"/metadata/annotations","value":{"t":"${TAG}"}}]',
        target: { kind: "Service" },
      },
    ],
  }),
  fluxed("patch-finds-nothing", {
    patches: [{ patch: "kind: CronJob\nmetadata: { name: x }\n", target: { kind: "CronJob" } }],
  }),
  {
    name: "variables",
    files: substitution,
    spec: { postBuild: { substitute: { A: "one" } } },
  },
  {
    name: "variable-without-value",
    isRefused: true,
    files: { "a.yaml": configMap("a", '{ a: "${A}", b: "${EMPTY}" }') },
    spec: { postBuild: { substitute: { A: "one" } } },
  },
  {
    name: "no-variables",
    files: substitution,
    spec: { postBuild: {} },
  },
  {
    name: "variables-from",
    files: substitution,
    variables: { "ConfigMap/vars": { A: "map", B: "map" }, "Secret/secret": { A: "secret" } },
    spec: {
      postBuild: {
        substituteFrom: [
          { kind: "ConfigMap", name: "vars" },
          { kind: "Secret", name: "secret" },
        ],
        substitute: { C: "c" },
      },
    },
  },
  {
    name: "variables-over",
    files: substitution,
    variables: { "ConfigMap/vars": { A: "map" } },
    spec: {
      postBuild: {
        substituteFrom: [{ kind: "ConfigMap", name: "vars" }],
        substitute: { A: "inline" },
      },
    },
  },
  {
    name: "variable-types",
    files: {
      "a.yaml": anything("a", 'number: ${N}\ntext: "${N}"\nword: ${W}\nlist: ${L}\npart: a${N}\n'),
    },
    spec: { postBuild: { substitute: { N: "7", W: "yes", L: "[1, 2]" } } },
  },
  {
    name: "not-substituted",
    files: {
      "a.yaml": configMap("a", '{ a: "${A}" }').replace(
        "metadata: {",
        "metadata: { annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled },",
      ),
      "b.yaml": configMap("b", '{ a: "${A}" }'),
    },
    spec: { postBuild: { substitute: { A: "one" } } },
  },
  {
    name: "variable-lines",
    files: { "a.yaml": anything("a", "text: ${T}\n") },
    isRefused: true,
    spec: { postBuild: { substitute: { T: "a: b: c" } } },
  },
  {
    name: "variable-broken",
    isRefused: true,
    files: { "a.yaml": configMap("a", '{ a: "${A" }') },
    spec: { postBuild: { substitute: { A: "one" } } },
  },
  {
    name: "variable-name",
    isRefused: true,
    files: { "a.yaml": configMap("a") },
    spec: { postBuild: { substitute: { "a-b": "one" } } },
  },
  {
    name: "variable-in-kustomization",
    files: {
      "kustomization.yaml": lists(["a.yaml"], "namePrefix: ${P}\n"),
      "a.yaml": configMap("a"),
    },
    spec: { postBuild: { substitute: { P: "p-" } } },
  },
];
