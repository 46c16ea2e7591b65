import * as React from "react";
import { findKubernetesResources } from "../../clients/azure-devops/kubernetes-resources.ts";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { useLive } from "../data/use-live.ts";

const mostNames = 10;

/** Pages of Azure DevOps itself that look into the same namespaces, where somebody set them up. */
export function KubernetesLinks(props: {
  readonly environment: string;
  readonly deliveries: readonly string[];
}) {
  const { ado, project } = useHost();
  const { environment, deliveries } = props;
  // As the templates name them, or as the environment is called here.
  const names = [...deliveries.map((one) => `${one}-${environment}`), environment];
  const wanted = { project: project.id, names: [...new Set(names)].slice(0, mostNames) };
  const found = useLive(() => findKubernetesResources(ado, wanted), {
    key: JSON.stringify(wanted),
  });
  if (found.value === undefined) {
    return found.error === undefined ? null : (
      <p className="fg-secondary">
        Whether Azure DevOps has Kubernetes resources of it could not be read.
      </p>
    );
  }
  if (found.value.length === 0) return null;
  const base = `${ado.organisationUrl}/${encodeURIComponent(project.name)}/_environments`;
  return (
    <p className="fg-actions">
      <span className="fg-secondary">Kubernetes resources in Azure DevOps:</span>
      {found.value.map(({ id, name, namespace, environment: { id: of } }) => (
        <HostLink key={id} url={`${base}/${of}/providers/kubernetes/${id}`}>
          {name === namespace ? name : `${name} (namespace ${namespace})`}
        </HostLink>
      ))}
    </p>
  );
}
