/** What the modules were made of: `kube.json`. */
export type KubeLock = {
  /** `1.36.3`: whose rules `validate` knows. */
  readonly kubernetes: string;
  /** Version of fluxcd/pkg/kustomize. */
  readonly fluxKustomize: string;
  readonly modules: Readonly<
    Record<"build" | "validate", { readonly sha256: string; readonly bytes: number }>
  >;
};
