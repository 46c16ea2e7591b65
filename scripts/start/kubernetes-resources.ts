import { readFile } from "node:fs/promises";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import type { FluxCluster } from "../../sandbox/flux.ts";

/**
 * Lets the portal look into the cluster: a service connection, and in each Azure DevOps environment
 * a Kubernetes resource for its namespace. Environment and namespace have one name.
 */
export async function addKubernetesResources(
  { organisationUrl }: Pick<Sandbox, "organisationUrl">,
  flux: Pick<FluxCluster, "kubeconfig" | "url">,
  { project, names }: { readonly project: string; readonly names: readonly string[] },
): Promise<void> {
  const send = async (path: string, body: unknown): Promise<{ readonly id: string }> => {
    const response = await fetch(
      `${organisationUrl}/${project}/_apis/${path}?api-version=7.1-preview.1`,
      {
        method: "POST",
        headers: {
          Authorization: `Basic ${btoa(":sandbox-admin")}`,
          "Content-Type": "application/json",
        },
        body: JSON.stringify(body),
      },
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`Failed to add ${path}: ${text}`);
    return JSON.parse(text) as { readonly id: string };
  };
  const { id } = await send("serviceendpoint/endpoints", {
    ...{ name: "cluster", type: "kubernetes", url: flux.url },
    data: { authorizationType: "Kubeconfig" },
    authorization: {
      scheme: "Kubernetes",
      parameters: { kubeconfig: await readFile(flux.kubeconfig, "utf8") },
    },
  });
  for (const name of names) {
    const environment = await send("distributedtask/environments", { name });
    await send(`distributedtask/environments/${environment.id}/providers/kubernetes`, {
      ...{ name, namespace: name, clusterName: "local", serviceEndpointId: id },
    });
  }
}
