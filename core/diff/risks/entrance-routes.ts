// What routes ask of a request before it gets through, who serves them, and where names lead.
import { type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { canonical, same, textOf, valueAt } from "../values.ts";
import { pairedRules } from "./paired-rules.ts";

/** Middlewares, filters, TLS, and classes that go or become others; in sentences. */
export function entranceRoutes({ before, after, identity }: ObjectChange): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const differs = (field: string) =>
    !same(valueAt(before, field) ?? null, valueAt(after, field) ?? null);
  switch (identity.kind) {
    case "IngressRoute":
    case "IngressRouteTCP":
      return [...lostFilters(before, after), ...lostTls(before, after)];
    case "HTTPRoute":
    case "GRPCRoute":
      return lostFilters(before, after);
    case "Middleware":
      return lostAuthentication(before, after);
    case "Gateway":
      return differs("spec.gatewayClassName") ? ["is served by another gateway class"] : [];
    case "Service":
      return [
        ...(toCluster(before, after)
          ? ["its pods no longer see who calls (externalTrafficPolicy Cluster)"]
          : []),
        ...(isLocal(after) && !isLocal(before)
          ? ["is not reached from nodes where none of its pods runs (internalTrafficPolicy Local)"]
          : []),
      ];
    case "Endpoints":
    case "EndpointSlice":
      return ["endpoints", "subsets"].some(differs) ? ["leads to other addresses"] : [];
    case "Issuer":
    case "ClusterIssuer":
      return differs("spec.acme.server") ||
        ["ca", "vault", "selfSigned", "venafi"].some((one) => differs(`spec.${one}`))
        ? ["lets another authority issue its certificates: who trusts that one?"]
        : [];
    case "APIService":
      return turnedOn(before, after, "spec.insecureSkipTLSVerify")
        ? ["takes answers of whoever answers (insecureSkipTLSVerify)"]
        : [];
    case "DestinationRule":
      return lostMeshTls(before, after);
    case "Receiver":
      return isOpen(after) && !isOpen(before)
        ? ["takes calls of anybody who knows its address (type generic)"]
        : [];
    default:
      return otherNames(before, after);
  }
}

function toCluster(before: unknown, after: unknown): boolean {
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.externalTrafficPolicy"));
  return isOpened(after) && was === "Local" && is !== "Local";
}

function isLocal(service: unknown): boolean {
  return valueAt(service, "spec.internalTrafficPolicy") === "Local";
}

/** Whether calls from outside of the cluster reach a Service at all. */
function isOpened(service: unknown): boolean {
  const addresses = valueAt(service, "spec.externalIPs");
  const isOfType = /^(LoadBalancer|NodePort)$/.test(textOf(valueAt(service, "spec.type")));
  return isOfType || (Array.isArray(addresses) && addresses.length > 0);
}

function turnedOn(before: unknown, after: unknown, field: string): boolean {
  return valueAt(before, field) !== true && valueAt(after, field) === true;
}

function isOpen(receiver: unknown): boolean {
  return valueAt(receiver, "spec.type") === "generic";
}

function lostMeshTls(before: unknown, after: unknown): readonly string[] {
  const field = "spec.trafficPolicy.tls.mode";
  const [was, is] = [before, after].map((side) => valueAt(side, field) ?? "DISABLE");
  return is === "DISABLE" && was !== "DISABLE" ? [`calls without TLS (${field})`] : [];
}

function lostTls(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.tls"));
  return was !== undefined && is === undefined
    ? ["no longer asks for TLS (tls): its entry point decides"]
    : [];
}

/** Of Traefik's routes and of the Gateway API's rules. */
function lostFilters(before: unknown, after: unknown): readonly string[] {
  const lost = pairedRules(before, after).flatMap(([old, next]) => {
    const left = filtersOf(next);
    return filtersOf(old).filter((name) => !left.includes(name));
  });
  return [...new Set(lost)].map((name) => `no longer puts requests through ${name}`);
}

function filtersOf(rule: Mapping): readonly string[] {
  const middlewares = mappings(rule["middlewares"]).map(({ name }) => `middleware ${textOf(name)}`);
  const filters = mappings(rule["filters"])
    .filter(({ type }) => type === "ExtensionRef")
    .map(({ extensionRef }) => {
      const [kind, name] = ["kind", "name"].map((field) => valueAt(extensionRef, field));
      return `${textOf(kind)} ${textOf(name)}`;
    });
  return [...middlewares, ...filters];
}

/** What asks for the same, by one name or another. */
const authenticating = [
  ["basicAuth", "digestAuth", "forwardAuth"],
  ["ipAllowList", "ipWhiteList"],
];

function lostAuthentication(before: unknown, after: unknown): readonly string[] {
  return authenticating.flatMap((names) => {
    const [old, next] = [before, after].map((side) =>
      names.find((one) => valueAt(side, `spec.${one}`)),
    );
    if (old === undefined || old === next) return [];
    if (next === undefined) return [`no longer asks who calls (${old})`];
    const [was, is] = [valueAt(before, `spec.${old}`), valueAt(after, `spec.${next}`)];
    return same(was, is) ? [] : [`asks otherwise who calls (${next} instead of ${old})`];
  });
}

const unwritten: Mapping = { hostAliases: [], dnsPolicy: "ClusterFirst", dnsConfig: null };

/** Names that pods find otherwise than the cluster's. */
function otherNames(before: ObjectChange["before"], after: ObjectChange["after"]) {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  const at = (pod: Mapping, field: string) => canonical(pod[field] ?? unwritten[field] ?? null);
  return Object.keys(unwritten)
    .filter((field) => at(old, field) !== at(next, field))
    .map((field) => `its pods find hosts by other rules (${field})`);
}
