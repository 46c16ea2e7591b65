import { textOf, valueAt } from "./values.ts";

/** Fields of a HelmRelease that say where Helm finds its release. */
export const releaseFields: readonly string[] = [
  ...["releaseName", "storageNamespace", "targetNamespace"],
];

/** What such a field says, or means where it is not written (helm-controller, api/v2 helmrelease_types.go). */
export function placeOfRelease(release: unknown, field: string): string {
  const own = textOf(valueAt(release, `spec.${field}`) ?? "");
  if (own !== "") return own;
  if (field !== "releaseName") return textOf(valueAt(release, "metadata.namespace") ?? "");
  const [name, target] = ["metadata.name", "spec.targetNamespace"].map((at) =>
    textOf(valueAt(release, at) ?? ""),
  );
  return target === "" ? (name ?? "") : `${target}-${name}`;
}
