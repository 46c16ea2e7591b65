/**
 * A path of fluxgate.yaml with `${environment}`, `${app}` and `${delivery}` filled in, without a
 * leading `./` or trailing slash; the checkout itself is `.`.
 */
export function expandPath(
  path: string,
  names: { readonly environment: string; readonly app?: string; readonly delivery: string },
): string {
  const filled = path
    .replaceAll("${environment}", names.environment)
    .replaceAll("${app}", names.app ?? "")
    .replaceAll("${delivery}", names.delivery);
  const parts = filled.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? "." : parts.join("/");
}
