import { configMap, deployment, type Layout, lists, service } from "./layout.ts";

const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";

/** What is found and listed: bases, components, folders without a kustomization. */
export const folders: readonly Layout[] = [
  {
    name: "plain",
    files: {
      "a.yaml": configMap("a"),
      "deep/er/b.yml": configMap("b"),
      "c.json": configMap("c"),
      "README.md": "# words\n",
      "deep/notes.txt": "no: manifest",
    },
  },
  {
    name: "plain-around",
    files: {
      "a.yaml": configMap("a"),
      "listed/kustomization.yaml": lists(["b.yaml"], "namePrefix: p-\n"),
      "listed/b.yaml": configMap("b"),
      "listed/unlisted.yaml": configMap("unlisted"),
      "listed/inner/kustomization.yaml": lists(["c.yaml"]),
      "listed/inner/c.yaml": configMap("c"),
    },
  },
  {
    name: "yml",
    files: { "kustomization.yml": lists(["a.yaml"]), "a.yaml": configMap("a") },
  },
  {
    name: "capital",
    files: { Kustomization: lists(["a.yaml"]), "a.yaml": configMap("a"), "b.yaml": configMap("b") },
  },
  {
    name: "unlisted",
    files: {
      "kustomization.yaml": lists(["a.yaml"]),
      "a.yaml": configMap("a"),
      "b.yaml": configMap("b"),
    },
  },
  {
    name: "bases",
    spec: { path: "./bases/overlay" },
    files: {
      "base/kustomization.yaml": lists(["web.yaml", "deeper"], "nameSuffix: -base\n"),
      "base/web.yaml": deployment("web"),
      "base/deeper/kustomization.yaml": lists(["../../shared/svc.yaml"]),
      "shared/svc.yaml": service("web"),
      "overlay/kustomization.yaml": lists(["../base"], "namePrefix: dev-\n"),
    },
  },
  {
    name: "base-twice",
    spec: { path: "base-twice/both/" },
    files: {
      "base/kustomization.yaml": lists(["a.yaml"]),
      "base/a.yaml": configMap("a"),
      "one/kustomization.yaml": lists(["../base"], "namePrefix: one-\n"),
      "two/kustomization.yaml": lists(["../base"], "namePrefix: two-\n"),
      "both/kustomization.yaml": lists(["../one", "../two"]),
    },
  },
  {
    name: "components",
    files: {
      "kustomization.yaml": lists(["a.yaml"], "components: [extra]\n"),
      "a.yaml": configMap("a"),
      "extra/kustomization.yaml": `${component}${lists(["b.yaml"])}patches:\n  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: a, namespace: NAMESPACE }\n      data: { added: here }\n`,
      "extra/b.yaml": configMap("b"),
    },
  },
  {
    name: "components-of-flux",
    spec: { path: "./components-of-flux/app", components: ["../extra"] },
    files: {
      "app/kustomization.yaml": lists(["a.yaml"]),
      "app/a.yaml": configMap("a"),
      "extra/kustomization.yaml": `${component}commonAnnotations: { from: component }\n`,
    },
  },
  {
    name: "documents",
    files: {
      "kustomization.yaml": lists(["all.yaml", "more.json"]),
      "all.yaml": `# words\n---\n${configMap("a")}---\n---\n# nothing\n---\n${configMap("b")}...\n`,
      "more.json": JSON.stringify({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "c", namespace: "NAMESPACE" },
        data: { a: "é\u2028" },
      }),
    },
  },
  {
    name: "a-list",
    files: {
      "a.yaml": `apiVersion: v1\nkind: List\nitems:\n${item("a")}${item("b")}`,
      "b.yaml": `apiVersion: v1\nkind: ConfigMapList\nitems:\n${item("c")}`,
    },
  },
  {
    name: "sorted",
    files: {
      "kustomization.yaml": lists(["b.yaml", "a.yaml"], "sortOptions: { order: fifo }\n"),
      "a.yaml": configMap("a"),
      "b.yaml": deployment("b"),
    },
  },
  {
    name: "odd-path",
    spec: { path: "././odd-path//x/../inner/" },
    files: { "inner/a.yaml": configMap("a"), "x/b.yaml": configMap("b") },
  },
  {
    name: "ordered",
    files: {
      "a.yaml": configMap("a"),
      "role.yaml": `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: "system:NAMESPACE:a", namespace: NAMESPACE }\nrules: []\n`,
    },
  },
  { name: "empty", files: { "README.md": "nothing to apply\n" } },
  {
    name: "lists-nothing",
    files: { "kustomization.yaml": "resources: []\n" },
  },
];

function item(name: string): string {
  return `  - { apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: NAMESPACE } }\n`;
}
