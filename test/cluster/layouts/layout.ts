/** A folder of a manifests repository, and the Flux Kustomization that builds it. */
export type Layout = {
  /** Its folder, its namespace and its Kustomization. In texts `NAMESPACE` stands for it. */
  readonly name: string;
  /** By their path in the folder. */
  readonly files: Readonly<Record<string, string>>;
  /** More of the Kustomization's spec. Without `path` the folder itself is built. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Data of ConfigMaps and Secrets that lie in the cluster, by `<kind>/<name>`. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `spec.ignore` of a source of its own. */
  readonly ignore?: string;
  /** In a repository of its own: `.sourceignore` of another would take back Flux's own list. */
  readonly isAlone?: true;
  /** Flux applies nothing of it; otherwise it does. */
  readonly isRefused?: true;
};

export const configMap = (name: string, data = '{ key: "value" }') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: NAMESPACE }\ndata: ${data}\n`;

/** Holds any value, which a ConfigMap does not. */
export const anything = (name: string, data: string) =>
  `apiVersion: apps/v1\nkind: ControllerRevision\nmetadata:\n  name: ${name}\n  namespace: NAMESPACE\nrevision: 1\ndata:\n${data.replace(/^(?=.)/gm, "  ")}\n`;

/** Runs nothing: what its pods would do is another test's. */
export const deployment = (name: string, more = "") =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: NAMESPACE, labels: { app: ${name} } }
spec:
  replicas: 0
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: main
          image: registry.fabrikam.com/${name}:1
          envFrom: [{ configMapRef: { name: settings } }]
${more}`;

export const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: NAMESPACE }\nspec: { selector: { app: ${name} }, ports: [{ port: 80 }] }\n`;

/** A kustomization.yaml that lists, and more of it. */
export const lists = (names: readonly string[], more = "") =>
  `resources: [${names.join(", ")}]\n${more}`;
