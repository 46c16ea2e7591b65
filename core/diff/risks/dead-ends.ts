import { identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { isRecord } from "../../manifests/parse.ts";
import { objectName } from "../../manifests/object-name.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings } from "../pod-spec.ts";
import { type Finding, high, medium, type Surroundings } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";
import { onceFor } from "../../once-for.ts";

/**
 * Ingresses and routes that led to a Service among what is applied, and lead nowhere any more: to a
 * port that it has not, or to one that is not among it. (One that goes is the removal's own risk.)
 */
export function deadEnds(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { identity, before, after } = change;
  if (before === undefined || after === undefined) return [];
  const isService = identity.kind === "Service" && identity.group === "";
  const had = new Set(deadEndsOf(beside.before).map(keyOf));
  return deadEndsOf(beside.after)
    .filter((one) => !had.has(keyOf(one)))
    .flatMap(({ from, to, port, isThere }): readonly Finding[] => {
      if (isService) {
        const isIt = isThere && to === objectName(identity);
        return isIt ? [high(`has no port ${port}, to which ${objectName(from)} sends`)] : [];
      }
      if (objectName(from) !== objectName(identity)) return [];
      if (isThere) return [high(`sends to port ${port} of ${to}, which has none`)];
      return led(before, beside.before)
        ? [medium(`sends to ${to}, which is not among what is applied`)]
        : [];
    });
}

type DeadEnd = {
  readonly from: KubernetesObject;
  /** `Service shop/api`. */
  readonly to: string;
  readonly port: string;
  readonly isThere: boolean;
};

function keyOf({ from, to, port, isThere }: DeadEnd): string {
  return JSON.stringify([objectName(from), to, port, isThere]);
}

/** Whether all that it sends to was there: what comes from elsewhere is not known here. */
function led(object: KubernetesObject, objects: readonly KubernetesObject[]): boolean {
  const services = servicesOf(objects);
  const all = backendsOf(object);
  return all.length > 0 && all.every(({ to }) => services.has(to));
}

/** All of one side; looked up once for a list. */
const deadEndsOf = onceFor(findDeadEnds);

function findDeadEnds(objects: readonly KubernetesObject[]): readonly DeadEnd[] {
  const services = servicesOf(objects);
  return objects.flatMap((from) =>
    backendsOf(from).flatMap(({ to, port }): readonly DeadEnd[] => {
      const service = services.get(to);
      if (service === undefined) return [{ from, to, port, isThere: false }];
      return port === "" || hasPort(service, port) ? [] : [{ from, to, port, isThere: true }];
    }),
  );
}

function servicesOf(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  const services = objects.filter(
    ({ apiVersion, kind }) => apiVersion === "v1" && kind === "Service",
  );
  return new Map(services.map((one) => [objectName(one), one]));
}

// What an ExternalName stands for takes whatever is sent.
function hasPort(service: KubernetesObject, port: string): boolean {
  if (valueAt(service, "spec.type") === "ExternalName") return true;
  return mappings(valueAt(service, "spec.ports")).some(
    (one) => textOf(one["port"]) === port || one["name"] === port,
  );
}

type Backend = { readonly to: string; readonly port: string };

function backendsOf(object: KubernetesObject): readonly Backend[] {
  const { group, kind, namespace } = identityOf(object);
  if (kind === "Ingress" && group === "networking.k8s.io") {
    const paths = mappings(valueAt(object, "spec.rules")).flatMap((rule) =>
      mappings(valueAt(rule, "http.paths")).map((path) => path["backend"]),
    );
    return [valueAt(object, "spec.defaultBackend"), ...paths].flatMap((one) => {
      const service = valueAt(one, "service");
      if (!isRecord(service)) return [];
      const port = valueAt(service, "port.name") ?? valueAt(service, "port.number") ?? "";
      return [{ to: nameOf(namespace, service["name"]), port: textOf(port) }];
    });
  }
  if (group !== "gateway.networking.k8s.io" || !kind.endsWith("Route")) return [];
  return mappings(valueAt(object, "spec.rules"))
    .flatMap((rule) => mappings(rule["backendRefs"]))
    .filter((one) => (one["kind"] ?? "Service") === "Service" && (one["group"] ?? "") === "")
    .map((one) => ({
      to: nameOf(textOf(one["namespace"] ?? namespace), one["name"]),
      port: textOf(one["port"] ?? ""),
    }));
}

function nameOf(namespace: string, name: unknown): string {
  return objectName({ kind: "Service", namespace, name: textOf(name) });
}
