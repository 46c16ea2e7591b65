/** A Kubernetes API with Flux behind it: a double or the real thing, the same to whoever uses it. */
export type FluxCluster = {
  readonly form: "embedded" | "real";
  /** File; its current context reaches the cluster as an administrator. */
  readonly kubeconfig: string;
  /** Of the Kubernetes API, `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Applies YAML documents server-side. Namespaces must exist or come first. */
  readonly apply: (yaml: string) => Promise<void>;
  /** Ends every process and removes what it wrote. */
  readonly stop: () => Promise<void>;
};
