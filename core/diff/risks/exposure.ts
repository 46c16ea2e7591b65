import { mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";
import { same, textOf, valueAt } from "../values.ts";

/** How traffic reaches a Service or Ingress, where that changes for those who call it. */
export function exposure({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const medium = (text: string): Finding => ({ severity: "medium", text });
  if (identity.kind === "Service" && identity.group === "") {
    const [from, to] = [before, after].map((side) => valueAt(side, "spec.type") ?? "ClusterIP");
    const left = ports(after);
    return [
      ...(from === to ? [] : [medium(`changes its type from ${textOf(from)} to ${textOf(to)}`)]),
      ...(same(valueAt(before, "spec.selector") ?? null, valueAt(after, "spec.selector") ?? null)
        ? []
        : [medium("selects other pods than before")]),
      ...ports(before)
        .filter((port) => !left.includes(port))
        .map((port) => medium(`no longer listens on port ${port}`)),
    ];
  }
  if (identity.kind === "Ingress") {
    const left = hosts(after);
    return [
      ...hosts(before)
        .filter((host) => !left.includes(host))
        .map((host) => medium(`no longer serves host ${host}`)),
      ...(valueAt(before, "spec.tls") !== undefined && valueAt(after, "spec.tls") === undefined
        ? [medium("no longer uses TLS")]
        : []),
    ];
  }
  return [];
}

function ports(service: unknown): readonly string[] {
  return mappings(valueAt(service, "spec.ports")).map((port) => String(port["port"]));
}

function hosts(ingress: unknown): readonly string[] {
  return mappings(valueAt(ingress, "spec.rules")).map((rule) => textOf(rule["host"] ?? "*"));
}
