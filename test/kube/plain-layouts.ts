// Layouts that do no more than list, and what is no layout: what the files alone tell must be what
// Flux builds of the folder `d`.
const settings = (name: string, namespace?: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ""}}\ndata: {a: b}\n`;
const list = "d/kustomization.yaml";
const binding =
  "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r}\nroleRef: {kind: ClusterRole, name: a, apiGroup: rbac.authorization.k8s.io}\nsubjects: [{kind: ServiceAccount, name: default, namespace: old}]\n";
const component =
  "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n";

export const plainLayouts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a list": {
    [list]: "resources: [a.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
  "a folder with a slash": {
    [list]: "resources: [s/]\n",
    "d/s/kustomization.yaml": "resources: [a.yaml]\n",
    "d/s/a.yaml": settings("a"),
  },
  "a folder without a kustomization": { [list]: "resources: [s]\n", "d/s/a.yaml": settings("a") },
  "a file that is not there": {
    [list]: "resources: [a.yaml, z.yaml]\n",
    "d/a.yaml": settings("a"),
  },
  "a file twice": { [list]: "resources: [a.yaml, a.yaml]\n", "d/a.yaml": settings("a") },
  "a file twice, spelt otherwise": {
    [list]: "resources: [a.yaml, ./a.yaml]\n",
    "d/a.yaml": settings("a"),
  },
  "an object in two files": {
    [list]: "resources: [a.yaml, b.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("a"),
  },
  "two kustomizations in a folder": {
    [list]: "resources: [a.yaml]\n",
    "d/kustomization.yml": "resources: [b.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
  "the name Kustomization": {
    "d/Kustomization": "resources: [a.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
  "the name kustomization, which is none": {
    "d/kustomization": "resources: [a.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
  "an empty kustomization": { [list]: "", "d/a.yaml": settings("a") },
  "a kustomization of comments": { [list]: "# x\n", "d/a.yaml": settings("a") },
  "no resources": { [list]: "resources:\n", "d/a.yaml": settings("a") },
  "an empty list": { [list]: "resources: []\n", "d/a.yaml": settings("a") },
  "a kustomization of its kind alone": {
    [list]: "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
    "d/a.yaml": settings("a"),
  },
  "another kind": { [list]: "kind: Foo\nresources: [a.yaml]\n", "d/a.yaml": settings("a") },
  "another version": {
    [list]: "apiVersion: kustomize.config.k8s.io/v9\nkind: Kustomization\nresources: [a.yaml]\n",
    "d/a.yaml": settings("a"),
  },
  "a Flux Kustomization as one of kustomize": {
    [list]:
      "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\nspec: {path: ./x}\n",
    "d/a.yaml": settings("a"),
  },
  "two documents": {
    [list]: "resources: [a.yaml]\n---\nresources: [b.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
  "a text in place of the list": { [list]: "resources: a.yaml\n", "d/a.yaml": settings("a") },
  "a number as a file's name": { [list]: "resources: [1]\n", "d/1": settings("a") },
  "a kustomization in JSON": {
    [list]: '{"resources":["a.json"]}',
    "d/a.json": '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}',
  },
  "a file without an ending": { [list]: "resources: [a]\n", "d/a": settings("a") },
  "a text file": { [list]: "resources: [a.txt]\n", "d/a.txt": settings("a") },
  "an empty file": {
    [list]: "resources: [a.yaml, e.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/e.yaml": "# nothing\n",
  },
  bases: {
    [list]: "bases: [../b]\n",
    "b/kustomization.yaml": "resources: [a.yaml]\n",
    "b/a.yaml": settings("a"),
  },
  "a file under bases": { [list]: "bases: [a.yaml]\n", "d/a.yaml": settings("a") },
  components: {
    [list]: "components: [c]\n",
    "d/c/kustomization.yaml": component,
    "d/c/a.yaml": settings("a"),
  },
  "a component of another kind": {
    [list]: "components: [c]\n",
    "d/c/kustomization.yaml": "resources: [a.yaml]\n",
    "d/c/a.yaml": settings("a"),
  },
  "a component under resources": {
    [list]: "resources: [c]\n",
    "d/c/kustomization.yaml": component,
    "d/c/a.yaml": settings("a"),
  },
  "a namespace": {
    [list]: "namespace: shop\nresources: [a.yaml, r.yaml]\n",
    "d/a.yaml": settings("a", "x"),
    "d/r.yaml": binding,
  },
  "a namespace for two of one name": {
    [list]: "namespace: shop\nresources: [a.yaml, b.yaml]\n",
    "d/a.yaml": settings("a", "x"),
    "d/b.yaml": settings("a", "y"),
  },
  "a namespace over a Namespace": {
    [list]: "namespace: shop\nresources: [a.yaml]\n",
    "d/a.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n",
  },
  "an empty namespace": {
    [list]: "namespace: ''\nresources: [a.yaml]\n",
    "d/a.yaml": settings("a", "x"),
  },
  "a namespace over another": {
    [list]: "namespace: shop\nresources: [s]\n",
    "d/s/kustomization.yaml": "namespace: m\nresources: [a.yaml]\n",
    "d/s/a.yaml": settings("a"),
  },
  "a namespace over a custom resource": {
    [list]: "namespace: shop\nresources: [a.yaml]\n",
    "d/a.yaml": "apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: w}\n",
  },
  "a namespace over a ClusterRole": {
    [list]: "namespace: shop\nresources: [a.yaml]\n",
    "d/a.yaml":
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: w}\nrules: []\n",
  },
  "a namespace over a ClusterRoleBinding": {
    [list]: "namespace: shop\nresources: [a.yaml]\n",
    "d/a.yaml":
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: w}\nroleRef: {kind: ClusterRole, name: a, apiGroup: rbac.authorization.k8s.io}\nsubjects: [{kind: ServiceAccount, name: default, namespace: old}]\n",
  },
  "endings and hidden folders, without a kustomization": {
    "d/a.yml": settings("a"),
    "d/b.YAML": settings("b"),
    "d/c.json": '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}',
    "d/.hidden/x.yaml": settings("h"),
    "d/.x.yaml": settings("hx"),
    "d/s/t/u.yaml": settings("u"),
  },
  "values of a chart, without a kustomization": {
    "d/a.yaml": settings("a"),
    "d/values.yaml": "replicas: 1\n",
  },
  "a text, without a kustomization": { "d/a.yaml": settings("a"), "d/x.yaml": "foo\n" },
  "an empty file, without a kustomization": { "d/a.yaml": settings("a"), "d/x.yaml": "" },
  "a List": {
    "d/a.yaml":
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
  },
  "a list of a kind": {
    "d/a.yaml":
      "apiVersion: v1\nkind: ConfigMapList\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
  },
  "no objects": { "d/README.md": "x" },
  "an object for functions only": {
    [list]: "resources: [a.yaml, b.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {config.kubernetes.io/local-config: 'true'}}\n",
  },
  "an object that Flux leaves alone": {
    [list]: "resources: [b.yaml]\n",
    "d/b.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}}\n",
  },
  "one name in two groups": {
    [list]: "resources: [a.yaml, b.yaml]\n",
    "d/a.yaml":
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {}, template: {}}\n",
    "d/b.yaml":
      "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {}, template: {}}\n",
  },
  "an absolute path": { [list]: "resources: [/d/a.yaml]\n", "d/a.yaml": settings("a") },
  "a path out of the repository": {
    [list]: "resources: [../../x.yaml]\n",
    "d/a.yaml": settings("a"),
  },
  "a file beside the folder": { [list]: "resources: [../x.yaml]\n", "x.yaml": settings("x") },
  "a circle": { [list]: "resources: [../e]\n", "e/kustomization.yaml": "resources: [../d]\n" },
  "a kustomization in its own list": { [list]: "resources: [kustomization.yaml]\n" },
  "a list of files to leave out": {
    ".sourceignore": "/*\n!/d\nd/old/\n",
    "d/a.yaml": settings("a"),
    "d/old/b.yaml": settings("b"),
  },
  "one in the folder": {
    "d/.sourceignore": "b.yaml\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
  "one elsewhere that takes the usual files back": {
    "e/.sourceignore": "z\n",
    "d/a.yaml": settings("a"),
    "d/.github/b.yaml": settings("b"),
    "d/.git/c.yaml": settings("c"),
  },
  "files that are left out as usual": {
    "d/a.yaml": settings("a"),
    "d/.github/b.yaml": settings("b"),
    "d/.sops.yaml": "creation_rules: []\n",
  },
  "a listed file that is left out": {
    ".sourceignore": "a.yaml\n",
    [list]: "resources: [a.yaml]\n",
    "d/a.yaml": settings("a"),
  },
  "a kustomization that is left out": {
    ".sourceignore": "kustomization.yaml\n",
    [list]: "resources: [a.yaml]\n",
    "d/a.yaml": settings("a"),
    "d/b.yaml": settings("b"),
  },
};
