/** What kustomize takes for a folder's kustomization, in the order in which it looks. */
export const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Whether kustomize takes a file for the kustomization of its folder. */
export function isKustomizationPath(path: string): boolean {
  return kustomizationNames.includes(path.slice(path.lastIndexOf("/") + 1));
}
