import type { KubernetesObject } from "../../manifests/identity.ts";
import { objectName } from "../../manifests/object-name.ts";
import { containersOf, mappings, podSpecOf } from "../pod-spec.ts";
import { podLabelsOf, selectedBy, selects } from "../selectors.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, type Surroundings } from "../risk.ts";
import { valueAt } from "../values.ts";

/** Services that had pods among what is applied, and have none any more; named ports likewise. */
export function selection(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { identity, before, after, unknownBefore } = change;
  if (unknownBefore) return [];
  const isService = identity.kind === "Service" && identity.group === "";
  const touched = isService
    ? []
    : services(beside.after).filter(
        (one) =>
          inNamespace(one, identity.namespace) &&
          selects(valueAt(one, "spec.selector"), podLabelsOf(before)),
      );
  if (isService) return after === undefined ? [] : lost(after, beside).map((what) => high(what));
  if (before === undefined) return [];
  return touched.flatMap((service) =>
    lost(service, beside).map((what) => high(`leaves ${objectName(service)}, which ${what}`)),
  );
}

function services(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ kind, apiVersion }) => kind === "Service" && apiVersion === "v1");
}

function lost(service: KubernetesObject, { before, after }: Surroundings): readonly string[] {
  const was = before.find((one) => objectName(one) === objectName(service));
  if (was === undefined || podsOf(was, before).length === 0) return [];
  const pods = podsOf(service, after);
  if (pods.length === 0) return ["selects no pods any more: nothing answers"];
  const [old, next] = [missingPorts(was, podsOf(was, before)), missingPorts(service, pods)];
  return next
    .filter((port) => !old.includes(port))
    .map((port) => `sends to port ${port}, which no container of its pods has`);
}

function podsOf(service: KubernetesObject, objects: readonly KubernetesObject[]) {
  const { namespace } = service.metadata;
  return selectedBy(objects, { selector: valueAt(service, "spec.selector"), namespace });
}

function inNamespace({ metadata }: KubernetesObject, namespace: string): boolean {
  return (metadata.namespace ?? "") === namespace;
}

function missingPorts(service: KubernetesObject, pods: readonly KubernetesObject[]) {
  const named = new Set(
    pods
      .flatMap((one) => containersOf(podSpecOf(one)))
      .flatMap((container) => mappings(container["ports"]))
      .map((port) => port["name"]),
  );
  return mappings(valueAt(service, "spec.ports"))
    .map((port) => port["targetPort"])
    .filter((port): port is string => typeof port === "string" && !named.has(port));
}
