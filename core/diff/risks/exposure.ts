import { isWithin } from "../address-ranges.ts";
import { annotationsOf } from "../labels.ts";
import { mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium, type Surroundings } from "../risk.ts";
import { bothOf, same, textOf, textsOf, valueAt } from "../values.ts";
import { hostsOf, otherRoutes } from "./ingress-routes.ts";
import { otherPorts } from "./target-ports.ts";
import { isInternal } from "./internal-addresses.ts";

/** How traffic reaches a Service or Ingress, where that changes for those who call it. */
export function exposure(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { before, after, identity } = change;
  if (after === undefined) return [];
  if (identity.kind === "Service" && identity.group === "") {
    return before === undefined ? newBalancer(after) : service(before, after, beside);
  }
  if (before === undefined) return [];
  return identity.kind === "Ingress" ? ingress(before, after) : [];
}

type Side = NonNullable<ObjectChange["before"]>;

function newBalancer(after: Side): readonly Finding[] {
  const isPublic = valueAt(after, "spec.type") === "LoadBalancer" && !isInternal(after);
  return isPublic ? [medium("gets a public address of its own (LoadBalancer)")] : [];
}

function service(before: Side, after: Side, beside: Surroundings): readonly Finding[] {
  const [from, to] = [before, after].map((side) => valueAt(side, "spec.type") ?? "ClusterIP");
  const left = ports(after);
  const isPublic = from === to && to === "LoadBalancer" && isInternal(before) && !isInternal(after);
  const [old, next] = [ranges(before), ranges(after)];
  // Only a balancer asks for them; without any every address gets through.
  const isWider =
    to === "LoadBalancer" &&
    old.length > 0 &&
    (next.length === 0 ||
      next.some((one) => !old.includes(one) && !old.some((wide) => isWithin(one, wide))));
  const added = externals(after).filter((one) => !externals(before).includes(one));
  return [
    ...(from === to ? [] : [medium(`changes its type from ${textOf(from)} to ${textOf(to)}`)]),
    ...(isPublic ? [high("is no longer internal: it gets a public address")] : []),
    ...(isWider ? [medium("can be reached from more addresses (loadBalancerSourceRanges)")] : []),
    ...otherPlace(before, after),
    ...added.map((one) => medium(`takes traffic for the address ${one} (externalIPs)`)),
    ...(same(valueAt(before, "spec.selector") ?? {}, valueAt(after, "spec.selector") ?? {})
      ? []
      : [medium("selects other pods than before")]),
    ...otherPorts(before, after, beside).map(medium),
    ...ports(before)
      .filter((port) => !left.includes(port))
      .map((port) => medium(`no longer listens on port ${port}`)),
  ];
}

// Where callers find it, and where it sends them.
function otherPlace(before: Side, after: Side): readonly Finding[] {
  const at = (field: string) =>
    bothOf(before, after, (side) => textOf(valueAt(side, `spec.${field}`) ?? ""));
  const [name, other] = at("externalName");
  const [address, next] = at("loadBalancerIP");
  const [keeps, kept] = at("sessionAffinity");
  const [ready, early] = at("publishNotReadyAddresses");
  return [
    ...(name !== other && name !== "" && other !== ""
      ? [medium(`sends to ${other} instead of ${name} (externalName)`)]
      : []),
    ...(address !== next && address !== ""
      ? [medium(`loses its address ${address} (loadBalancerIP)`)]
      : []),
    ...(keeps === "ClientIP" && kept !== "ClientIP"
      ? [medium("no longer sends a caller to the same pod each time (sessionAffinity)")]
      : []),
    ...(early === "true" && ready !== "true"
      ? [medium("sends to pods that are not ready (publishNotReadyAddresses)")]
      : []),
  ];
}

function ingress(before: Side, after: Side): readonly Finding[] {
  const [left, secured] = [hostsOf(after), tlsHosts(after)];
  const had = mappings(valueAt(before, "spec.tls")).length > 0;
  const all = had && mappings(valueAt(after, "spec.tls")).length === 0;
  const bare = tlsHosts(before).filter((host) => !secured.includes(host) && left.includes(host));
  const [old, next] = [classOf(before), classOf(after)];
  return [
    ...otherRoutes(before, after).map(medium),
    ...(all ? [medium("no longer uses TLS")] : []),
    ...(all ? [] : bare.map((host) => medium(`serves ${host} without its TLS certificate`))),
    // Where an address becomes public, that says more.
    ...(old === next || (isInternal(before) && !isInternal(after))
      ? []
      : [medium(`may be served by another controller: class ${next} instead of ${old}`)]),
  ];
}

// The annotation is what classes were before they had a field, and goes before it.
function classOf(object: unknown): string {
  const annotated = annotationsOf(object)["kubernetes.io/ingress.class"];
  return textOf(annotated ?? valueAt(object, "spec.ingressClassName") ?? "the default one");
}

function ports(object: unknown): readonly string[] {
  return mappings(valueAt(object, "spec.ports")).map(({ port, protocol = "TCP" }) =>
    protocol === "TCP" ? textOf(port) : `${textOf(port)}/${textOf(protocol)}`,
  );
}

function ranges(object: unknown): readonly string[] {
  return textsOf(valueAt(object, "spec.loadBalancerSourceRanges"));
}

function externals(object: unknown): readonly string[] {
  return textsOf(valueAt(object, "spec.externalIPs"));
}

// An entry without hosts is for all of them.
function tlsHosts(object: unknown): readonly string[] {
  return mappings(valueAt(object, "spec.tls")).flatMap((entry) =>
    entry["hosts"] === undefined ? hostsOf(object) : textsOf(entry["hosts"]),
  );
}
