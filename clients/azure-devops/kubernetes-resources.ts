// Azure DevOps' own environments, and the Kubernetes resources that somebody added to them.
import { type AzureDevOps, get, list, oddAnswer } from "./connection.ts";

export type KubernetesResource = {
  readonly id: number;
  readonly name: string;
  readonly namespace: string;
  readonly clusterName?: string;
  readonly environment: { readonly id: number; readonly name: string };
};

type Listed = {
  readonly id: number;
  readonly name: string;
  readonly resources?: readonly { readonly id: number; readonly type: string }[];
};

const mostResources = 20;

/** Of the environments of a project with one of these names. */
export async function findKubernetesResources(
  ado: AzureDevOps,
  { project, names }: { readonly project: string; readonly names: readonly string[] },
): Promise<readonly KubernetesResource[]> {
  const path = ["pipelines", "environments"];
  const found: KubernetesResource[] = [];
  for (const name of names) {
    // The service also finds names that only contain it.
    const listed = await list<Listed>(ado, { project, path, query: { name } });
    const own = listed.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (own === undefined) continue;
    const whole = await get<Listed | null>(ado, {
      project,
      path: [...path, own.id],
      query: { expands: "resourceReferences" },
    });
    if (whole?.id !== own.id) throw oddAnswer(`it is not environment ${name}`);
    const references = (whole.resources ?? []).filter(({ type }) => type === "kubernetes");
    for (const { id } of references.slice(0, mostResources)) {
      const resource = await get<Omit<KubernetesResource, "environment">>(ado, {
        project,
        path: [...path, own.id, "providers", "kubernetes", id],
      });
      found.push({ ...resource, environment: { id: own.id, name: own.name } });
    }
  }
  return found;
}
