/**
 * Flux' side of a manifests repository: one GitRepository, and a Kustomization for each
 * environment's folder, labelled as the connector looks for them.
 */
export function fluxObjects(options: {
  /** HTTP address of the manifests repository. */
  readonly url: string;
  readonly name: string;
  readonly token: string;
  readonly kustomizations: readonly {
    readonly name: string;
    readonly path: string;
    /** Absent: assigned to no environment. */
    readonly environment?: string;
    /** More of its spec, e.g. `{ wait: true }`. */
    readonly spec?: object;
  }[];
  readonly interval?: string;
}): string {
  const { url, name, token, kustomizations, interval = "10s" } = options;
  const namespace = "flux-system";
  const objects = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `${name}-git`, namespace },
      stringData: { username: "flux", password: token },
    },
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name, namespace },
      spec: { url, interval, ref: { branch: "main" }, secretRef: { name: `${name}-git` } },
    },
    ...kustomizations.map((one) => ({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: {
        name: one.name,
        namespace,
        ...(one.environment === undefined
          ? {}
          : { labels: { "fluxgate.dev/environment": one.environment } }),
      },
      spec: {
        interval,
        retryInterval: "5s",
        path: `./${one.path}`,
        prune: true,
        sourceRef: { kind: "GitRepository", name },
        ...one.spec,
      },
    })),
  ];
  // JSON is YAML.
  return objects.map((object) => JSON.stringify(object)).join("\n---\n");
}
