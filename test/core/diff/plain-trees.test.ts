// What Flux applies of files by what they say themselves, without any build.
import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { sidesOf, type Texts } from "./built-sides.ts";

const map = (name: string, value = "1", namespace?: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`} }\ndata: { a: "${value}" }\n`;
const lists = (resources: readonly string[], more = "") =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(", ")}]\n${more}`;
const component = (resources: readonly string[]) =>
  lists(resources).replace("v1beta1", "v1alpha1").replace("kind: Kustomization", "kind: Component");
const flux = (name: string, path: string, more = "") =>
  `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system }${more} }\n`;

/** `changed ConfigMap shop/a`, then `! file: what is not compared`. */
function said(before: Texts, after: Texts): readonly string[] {
  const sides = sidesOf(before, after);
  const { objects, problems } = compareTrees(sides.before, sides.after);
  return [
    ...objects.map(
      ({ change, identity: { kind, namespace, name } }) => `${change} ${kind} ${namespace}/${name}`,
    ),
    ...problems.map(({ file = "", message }) => `! ${file}: ${message}`),
  ];
}

type Row = readonly [what: string, before: Texts, after: Texts, ...said: readonly string[]];
const refused = "Flux refuses the build and keeps what it applied before";
const wasRefused =
  "Flux refused the build: what is in the cluster is of an earlier commit, and more may change or go than is shown";
const k = "prod/kustomization.yaml";
const changed = (...more: readonly (readonly [string, string])[]) =>
  [
    { "prod/a.yaml": map("a"), ...Object.fromEntries(more) },
    { "prod/a.yaml": map("a", "2"), ...Object.fromEntries(more) },
  ] as const;
const twoClusters = (value: string): Texts => ({
  "base/b.yaml": map("b", value),
  "base/kustomization.yaml": lists(["b.yaml"]),
  "prod/west/kustomization.yaml": lists(["../../base", "c.yaml"]),
  "prod/west/c.yaml": map("c"),
  "prod/east/kustomization.yaml": lists(["../../base"]),
});
const remoteBase = (...remote: readonly string[]): Texts => ({
  "base/kustomization.yaml": lists(remote),
  "prod/west/kustomization.yaml": lists(["../../base"]),
  "prod/east/kustomization.yaml": lists(["../../base"]),
});
const wrong = (
  text: string,
  message: string,
  more: Texts = {},
): readonly [Texts, Texts, string] => [
  { "prod/a.yaml": map("a"), [k]: lists(["a.yaml"]), ...more },
  { "prod/a.yaml": map("a"), [k]: text, ...more },
  `! ${k}: ${message}. ${refused}`,
];

const rows: readonly Row[] = [
  ["a file that a kustomization lists", ...changed([k, lists(["a.yaml"])]), "changed ConfigMap /a"],
  ["a file that it lists with a dot", ...changed([k, lists(["./a.yaml"])]), "changed ConfigMap /a"],
  ["one that it does not list", ...changed([k, lists([])])],
  [
    "one that leaves its list",
    { "prod/a.yaml": map("a"), [k]: lists(["a.yaml"]) },
    { "prod/a.yaml": map("a"), [k]: lists([]) },
    "removed ConfigMap /a",
  ],
  [
    "a base of two folders of one environment, each its own cluster's",
    twoClusters("1"),
    twoClusters("2"),
    "changed ConfigMap /b",
    "changed ConfigMap /b",
  ],
  [
    "one that moves between two folders of one environment",
    { "prod/a/a.yaml": map("a"), "prod/a/kustomization.yaml": lists(["a.yaml"]) },
    { "prod/b/a.yaml": map("a", "2"), "prod/b/kustomization.yaml": lists(["a.yaml"]) },
    "changed ConfigMap /a",
  ],
  [
    "one that comes to its list",
    { "prod/a.yaml": map("a"), [k]: lists([]) },
    { "prod/a.yaml": map("a"), [k]: lists(["a.yaml"]) },
    "added ConfigMap /a",
  ],
  [
    "all of a list that is emptied",
    { "prod/a.yaml": map("a"), [k]: lists(["a.yaml"]) },
    { "prod/a.yaml": map("a"), [k]: "" },
    "removed ConfigMap /a",
  ],
  [
    "a file of a folder that it lists",
    {
      "base/a.yaml": map("a"),
      "base/kustomization.yml": lists(["a.yaml"]),
      [k]: lists(["../base"]),
    },
    {
      "base/a.yaml": map("a", "2"),
      "base/kustomization.yml": lists(["a.yaml"]),
      [k]: lists(["../base"]),
    },
    "changed ConfigMap /a",
  ],
  [
    "a file of a base, by the older key",
    { "base/a.yaml": map("a"), "base/Kustomization": lists(["a.yaml"]), [k]: "bases: [../base]\n" },
    {
      "base/a.yaml": map("a", "2"),
      "base/Kustomization": lists(["a.yaml"]),
      [k]: "bases: [../base]\n",
    },
    "changed ConfigMap /a",
  ],
  [
    "a file of a component",
    {
      "part/a.yaml": map("a"),
      "part/kustomization.yaml": component(["a.yaml"]),
      [k]: "components: [../part]\n",
    },
    {
      "part/a.yaml": map("a", "2"),
      "part/kustomization.yaml": component(["a.yaml"]),
      [k]: "components: [../part]\n",
    },
    "changed ConfigMap /a",
  ],
  [
    "the namespace of all",
    ...changed([k, lists(["a.yaml"], "namespace: shop")]),
    "changed ConfigMap shop/a",
  ],
  [
    "another namespace of all",
    { "prod/a.yaml": map("a"), [k]: lists(["a.yaml"], "namespace: shop") },
    { "prod/a.yaml": map("a"), [k]: lists(["a.yaml"], "namespace: web") },
    "removed ConfigMap shop/a",
    "added ConfigMap web/a",
  ],
  [
    "the outer of two namespaces",
    {
      "base/a.yaml": map("a"),
      "base/kustomization.yaml": lists(["a.yaml"], "namespace: inner"),
      [k]: lists(["../base"], "namespace: outer"),
    },
    {
      "base/a.yaml": map("a", "2"),
      "base/kustomization.yaml": lists(["a.yaml"], "namespace: inner"),
      [k]: lists(["../base"], "namespace: outer"),
    },
    "changed ConfigMap outer/a",
  ],
  [
    "what a kustomization does beside",
    ...changed([k, lists(["a.yaml"], "namePrefix: x-")]),
    "changed ConfigMap /a",
    `! : Kustomization ${k} does more than list resources (namePrefix): its effect is not known here`,
  ],
  [
    "a switch where a namespace belongs",
    ...changed([k, lists(["a.yaml"], "namespace: on")]),
    "changed ConfigMap /on".replace("/on", "on/a"),
    `! : Kustomization ${k} does more than list resources (namespace): its effect is not known here`,
  ],
  [
    "keys that say nothing",
    ...changed([k, lists(["a.yaml"], "patches: []\nimages:\nnamePrefix: ''\ncommonLabels: {}")]),
    "changed ConfigMap /a",
  ],
  [
    "a remote base",
    ...changed([k, lists(["a.yaml", "https://a/b?ref=1"])]),
    "changed ConfigMap /a",
    `! : Kustomization ${k} does more than list resources (remote base https://a/b?ref=1): its effect is not known here`,
  ],
  [
    "a remote base that goes, of a base of two folders, once",
    remoteBase("https://a/b?ref=1", "https://a/c?ref=1"),
    remoteBase("https://a/b?ref=1"),
    "! : Kustomization base/kustomization.yaml does more than list resources (remote base https://a/b?ref=1; before also remote base https://a/c?ref=1): its effect is not known here",
  ],
  [
    "a patch that it reads",
    {
      "prod/a.yaml": map("a"),
      "prod/p.yaml": "a: 1",
      [k]: lists(["a.yaml"], "patches: [{ path: p.yaml }]"),
    },
    {
      "prod/a.yaml": map("a"),
      "prod/p.yaml": "a: 2",
      [k]: lists(["a.yaml"], "patches: [{ path: p.yaml }]"),
    },
    `! : Kustomization ${k} does more than list resources (patches): its effect is not known here`,
  ],
  [
    "what is not there",
    ...(wrong(lists(["b.yaml"]), "").slice(0, 2) as [Texts, Texts]),
    `! prod/b.yaml: is listed in ${k}, and is not there. ${refused}`,
  ],
  [
    "what lies outside",
    ...wrong(lists(["a.yaml", "../../x"]), "lists ../../x, which lies outside"),
  ],
  ["what begins at the root", ...wrong(lists(["a.yaml", "/x"]), "lists /x, which lies outside")],
  ["itself", ...wrong(lists(["a.yaml", "../prod"]), "lists ../prod in a circle")],
  [
    "a component among resources",
    ...wrong(
      lists(["a.yaml", "../part"]),
      "lists ../part, which is a component: it belongs under components",
      { "part/kustomization.yaml": component([]) },
    ),
  ],
  [
    "a folder that is no component",
    ...wrong(lists(["a.yaml"], "components: [../base]"), "lists ../base, which is no component", {
      "base/kustomization.yaml": lists([]),
    }),
  ],
  [
    "a file as a component",
    ...wrong(
      lists(["a.yaml"], "components: [b.yaml]"),
      "lists the file b.yaml as a component, which must be a folder",
      { "prod/b.yaml": map("b") },
    ),
  ],
  [
    "another kind",
    ...wrong("kind: List\n", 'its kind is "List", neither Kustomization nor Component'),
  ],
  [
    "another version",
    ...wrong(
      "apiVersion: v1\nresources: [a.yaml]\n",
      "its apiVersion must be kustomize.config.k8s.io/v1beta1 for its kind",
    ),
  ],
  [
    "a circle that opens",
    {
      "a/kustomization.yaml": lists(["../b", "a.yaml"]),
      "a/a.yaml": map("a"),
      "b/kustomization.yaml": lists(["../a"]),
    },
    {
      "a/kustomization.yaml": lists(["../b", "a.yaml"]),
      "a/a.yaml": map("a"),
      "b/kustomization.yaml": lists([]),
    },
    `! b/kustomization.yaml: before the change: lists ../a in a circle. ${wasRefused}`,
  ],
  ["a list that is none", ...wrong("resources: a.yaml\n", "resources is not a list of paths")],
  [
    "a list of mappings",
    ...wrong("resources: [{ path: a.yaml }]\n", "resources is not a list of paths"),
  ],
  ["a text", ...wrong("a.yaml\n", "is not a mapping")],
  [
    "a folder without a kustomization",
    { "prod/a.yaml": map("a"), "prod/x/b.yaml": map("b") },
    { "prod/a.yaml": map("a", "2"), "prod/x/b.yaml": map("b", "2") },
    "changed ConfigMap /a",
    "changed ConfigMap /b",
  ],
  [
    "what Flux builds of a folder without one, and of those below",
    {
      "flux.yaml": flux("prod", "./prod"),
      "prod/a.yaml": map("a"),
      "prod/x/b.yaml": map("b"),
      "prod/x/c.yaml": map("c"),
      "prod/x/kustomization.yaml": lists(["b.yaml"]),
    },
    {
      "flux.yaml": flux("prod", "./prod"),
      "prod/a.yaml": map("a", "2"),
      "prod/x/b.yaml": map("b", "2"),
      "prod/x/c.yaml": map("c", "2"),
      "prod/x/kustomization.yaml": lists(["b.yaml"]),
    },
    "changed ConfigMap /a",
    "changed ConfigMap /b",
  ],
  [
    "another target namespace",
    { "flux.yaml": flux("prod", "./prod", ", targetNamespace: x"), "prod/a.yaml": map("a") },
    { "flux.yaml": flux("prod", "./prod", ", targetNamespace: y"), "prod/a.yaml": map("a") },
    "changed Kustomization flux-system/prod",
    "removed ConfigMap x/a",
    "added ConfigMap y/a",
  ],
  [
    "another folder",
    { "flux.yaml": flux("prod", "./one"), "one/a.yaml": map("a"), "two/b.yaml": map("b") },
    { "flux.yaml": flux("prod", "./two"), "one/a.yaml": map("a"), "two/b.yaml": map("b") },
    "changed Kustomization flux-system/prod",
    "removed ConfigMap /a",
    "added ConfigMap /b",
  ],
  [
    "what is for readers",
    { "high-level/prod/a.yaml": map("a") },
    { "high-level/prod/a.yaml": map("a", "2") },
  ],
  [
    "pipelines",
    { ".azuredevops/a.yaml": map("a"), "azure-pipelines.yml": map("b"), "fluxgate.yaml": map("c") },
    {
      ".azuredevops/a.yaml": map("a", "2"),
      "azure-pipelines.yml": map("b", "2"),
      "fluxgate.yaml": map("c", "2"),
    },
  ],
  [
    "a chart's templates",
    { "c/Chart.yaml": "name: c", "c/templates/a.yaml": map("a") },
    { "c/Chart.yaml": "name: c", "c/templates/a.yaml": map("a", "2") },
    "! : Chart c changes: what releases of it, or of charts that depend on it, render then is not known here",
  ],
];

const inNamespace = (kind: string, api: string, body = "") =>
  `apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: a }\n${body}`;
const rbac = "rbac.authorization.k8s.io/v1";

describe("the namespace that a kustomization gives to all", () => {
  const after = (text: string) => {
    const files = { "prod/a.yaml": text, [k]: lists(["a.yaml"], "namespace: shop") };
    const sides = sidesOf({ [k]: lists([], "namespace: shop") }, files);
    return compareTrees(sides.before, sides.after).objects.map(({ after: object }) => object)[0];
  };

  it("is that of what lives in one, and of no other", () => {
    assert.equal(after(inNamespace("Service", "v1"))?.metadata.namespace, "shop");
    assert.equal(after(inNamespace("ClusterRole", rbac))?.metadata.namespace, undefined);
  });
  it("is the name of a Namespace", () => {
    assert.deepEqual(after(inNamespace("Namespace", "v1"))?.metadata, { name: "shop" });
  });
  for (const kind of ["RoleBinding", "ClusterRoleBinding"]) {
    it(`is that of the account "default" of a ${kind}, and of no other subject`, () => {
      const subjects = `subjects: [{ kind: ServiceAccount, name: default }, { kind: ServiceAccount, name: b }, { kind: User, name: default }]`;
      assert.deepEqual(after(inNamespace(kind, rbac, subjects))?.["subjects"], [
        { kind: "ServiceAccount", name: "default", namespace: "shop" },
        { kind: "ServiceAccount", name: "b" },
        { kind: "User", name: "default" },
      ]);
    });
  }
  it("is no subject's of a kind that is no binding", () => {
    const text = inNamespace(
      "Farm",
      "example.com/v1",
      "subjects: [{ kind: ServiceAccount, name: default }]",
    );
    assert.deepEqual(after(text)?.["subjects"], [{ kind: "ServiceAccount", name: "default" }]);
  });
});

describe("what is said of a change of files, without any build, names", () => {
  for (const [what, before, after, ...lines] of rows) {
    it(`${what}: ${lines.join("; ") || "nothing"}`, () => {
      assert.deepEqual([...said(before, after)].sort(), [...lines].sort());
    });
  }
});
