export type PathNames = {
  readonly environment: string;
  readonly app?: string;
  readonly delivery: string;
};

/**
 * A path of fluxgate.yaml with `${environment}`, `${app}` and `${delivery}` filled in, without a
 * leading `./` or trailing slash; the checkout itself is `.`.
 */
export function expandPath(path: string, names: PathNames): string {
  const filled = path
    .replaceAll("${environment}", names.environment)
    .replaceAll("${app}", names.app ?? "")
    .replaceAll("${delivery}", names.delivery);
  const parts = filled.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? "." : parts.join("/");
}

/** Where an environment lies in the manifests repository. */
export function environmentFolder(
  { name, path = name }: { readonly name: string; readonly path?: string },
  delivery: string,
): string {
  return expandPath(path, { environment: name, delivery });
}

/** Where an app lies in each environment's folder. */
export function appFolder(
  { name, path = name }: { readonly name: string; readonly path?: string },
  delivery: string,
): string {
  return expandPath(path, { environment: "", app: name, delivery });
}
