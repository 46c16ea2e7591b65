import { configMap, deployment, type Layout, lists, service } from "./layout.ts";

const account =
  "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: NAMESPACE }\n";
const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: bind, namespace: other }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: default, namespace: other }, { kind: User, name: somebody, apiGroup: rbac.authorization.k8s.io }]
`;
const app = {
  "web.yaml": deployment("web"),
  "settings.yaml": configMap("settings"),
  "svc.yaml": service("web"),
};
const all = ["web.yaml", "settings.yaml", "svc.yaml"];
const over = (name: string, text: string): Layout => ({
  name,
  files: { ...app, "kustomization.yaml": lists(all, text) },
});

/** What a kustomization makes of the objects that it lists. */
export const transformers: readonly Layout[] = [
  over("prefix", "namePrefix: dev-\nnameSuffix: -v2\n"),
  {
    name: "namespaced",
    files: {
      "kustomization.yaml": lists(
        ["web.yaml", "binding.yaml", "account.yaml"],
        "namespace: NAMESPACE\n",
      ),
      "web.yaml": deployment("web").replace("namespace: NAMESPACE", "namespace: other"),
      "binding.yaml": binding,
      "account.yaml": account,
    },
  },
  {
    name: "namespace-transformer",
    files: {
      "kustomization.yaml": lists(["a.yaml", "b.yaml"], "transformers: [namespace.yaml]\n"),
      "a.yaml": configMap("a"),
      "b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n",
      "namespace.yaml":
        "apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: { name: unused, namespace: NAMESPACE }\nunsetOnly: true\nsetRoleBindingSubjects: none\nfieldSpecs: [{ path: metadata/namespace, create: true }]\n",
    },
  },
  over(
    "labels",
    "labels: [{ pairs: { team: shop }, includeSelectors: true }, { pairs: { tier: front }, includeTemplates: true }, { pairs: { only: meta } }]\n",
  ),
  over("common", "commonLabels: { team: shop }\ncommonAnnotations: { note: 'yes' }\n"),
  over(
    "images",
    "images: [{ name: registry.fabrikam.com/web, newName: mirror/web, newTag: '007' }]\n",
  ),
  over(
    "digests",
    `images: [{ name: registry.fabrikam.com/web, digest: "sha256:${"a".repeat(64)}" }]\n`,
  ),
  over("replicas", "replicas: [{ name: web, count: 0 }]\n"),
  over(
    "patches",
    `patches:
  - target: { kind: Deployment, name: "w.*" }
    patch: |-
      - { op: add, path: /metadata/annotations, value: { a: "1e3" } }
  - target: { labelSelector: "app=web" }
    patch: |-
      - { op: replace, path: /spec/replicas, value: 0 }
      - { op: test, path: /kind, value: Deployment }
  - target: { kind: Service }
    patch: |-
      apiVersion: v1
      kind: Service
      metadata: { name: any, labels: { patched: "on" } }
  - target: { kind: Secret }
    patch: '[{ "op": "remove", "path": "/data" }]'
`,
  ),
  {
    name: "patch-files",
    files: {
      ...app,
      "kustomization.yaml": lists(
        all,
        "patches: [{ path: patch.yaml }, { path: renamed.yaml, target: { kind: Service }, options: { allowNameChange: true } }]\npatchesStrategicMerge: [gone.yaml]\npatchesJson6902: [{ target: { version: v1, kind: Service, name: web }, path: ops.yaml }]\n",
      ),
      "patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: NAMESPACE }\nspec: { template: { spec: { containers: [{ name: side, image: side:1 }], initContainers: [{ name: init, image: init:1 }] } } }\n",
      "renamed.yaml":
        "apiVersion: v1\nkind: Service\nmetadata: { name: public, namespace: NAMESPACE }\n",
      "gone.yaml":
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: NAMESPACE }\n$patch: delete\n",
      "ops.yaml": "- { op: replace, path: /spec/ports/0/port, value: 81 }\n",
    },
  },
  over(
    "replacements",
    `replacements:
  - source: { kind: ConfigMap, name: settings, fieldPath: data.key }
    targets:
      - select: { kind: Deployment }
        fieldPaths: ["spec.template.spec.containers.[name=main].image"]
        options: { delimiter: ":", index: 1 }
      - select: { kind: Service }
        fieldPaths: [metadata.annotations.from]
        options: { create: true }
`,
  ),
  over(
    "vars",
    `vars: [{ name: NAME, objref: { kind: Service, name: web, apiVersion: v1 } }]
patches:
  - target: { kind: Deployment }
    patch: |-
      - { op: add, path: /spec/template/spec/containers/0/args, value: [$(NAME), $(OTHER)] }
`,
  ),
  {
    name: "references",
    files: {
      "kustomization.yaml": lists(
        ["a.yaml", "b.yaml"],
        "namePrefix: p-\nconfigurations: [references.yaml]\n",
      ),
      "a.yaml": configMap("a"),
      "b.yaml": configMap("b", '{ uses: a, "other": a }'),
      "references.yaml":
        "nameReference: [{ kind: ConfigMap, version: v1, fieldSpecs: [{ kind: ConfigMap, path: data/uses }] }]\n",
    },
  },
  over("metadata", "buildMetadata: [originAnnotations, transformerAnnotations]\n"),
  {
    name: "own-schema",
    files: {
      "kustomization.yaml": lists(
        ["a.yaml"],
        "openapi: { path: schema.json }\npatches: [{ path: patch.yaml }]\n",
      ),
      "a.yaml": deployment("web"),
      "patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: NAMESPACE }\nspec: { template: { spec: { containers: [{ name: main, image: patched:1 }] } } }\n",
      "schema.json": JSON.stringify({ definitions: {} }),
    },
  },
  over(
    "patch-nothing",
    'patches: [{ target: { kind: CronJob }, patch: \'[{ "op": "remove", "path": "/spec" }]\' }]\n',
  ),
];
