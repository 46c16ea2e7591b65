// What guards an entrance by annotations or by the Gateway API.
import type { Identity } from "../../manifests/identity.ts";
import { withoutDefaults } from "../defaults.ts";
import { isWithin } from "../address-ranges.ts";
import { annotationsOf } from "../labels.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { bothOf, canonical, textOf, textsOf, valueAt } from "../values.ts";
import { takes } from "./ingress-routes.ts";
import { meshGateway } from "./mesh-gateway.ts";
import { isInternal } from "./internal-addresses.ts";

const guards =
  /\/(whitelist-source-range|allowlist-source-range|denylist-source-range|auth-[a-z-]+|enable-modsecurity|enable-owasp-core-rules|limit-(rps|rpm|connections)|wafv2-acl-arn|waf-policy-for-path|inbound-cidrs|router\.middlewares|load-balancer-source-ranges|azure-allowed-(ip-ranges|service-tags))$/;
const redirects = /\/(force-)?ssl-redirect$/;
// They become part of the configuration that all entrances of a controller share.
const snippets = /\/(configuration|server|auth|stream|http|location)-snippets?$/;

const entrances = new Set([
  ...["Ingress", "Gateway", "Service", "VirtualService", "IngressRoute", "HTTPProxy"],
]);

/** Restrictions of an Ingress or Gateway that go, and hosts and listeners of the Gateway API. */
export function guardedEntrances(change: ObjectChange): readonly Finding[] {
  const { before, after, identity } = change;
  if (before === undefined || after === undefined) return [];
  return [
    ...(entrances.has(identity.kind) ? lostGuards(before, after) : []),
    ...(identity.kind !== "Service" && isInternal(before) && !isInternal(after)
      ? [high("is no longer internal: it gets a public address")]
      : []),
    ...(identity.group === "gateway.networking.k8s.io" ? gateway(before, after, identity) : []),
    ...(identity.group === "networking.istio.io" ? meshGateway(before, after).map(medium) : []),
    ...otherIssuer(before, after),
    ...lostHosts(before, after),
  ];
}

function lostGuards(before: Mapping, after: Mapping): readonly Finding[] {
  const [old, next] = [annotationsOf(before), annotationsOf(after)];
  const written = Object.keys(next)
    .filter((name) => snippets.test(name) && old[name] !== next[name])
    .map((name) => medium(`writes into the controller's own configuration (${name})`));
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const less = names.flatMap((name): readonly string[] => {
    // An empty one guards nothing.
    const [was, is] = bothOf(old, next, (side) => textOf(side[name] ?? ""));
    if (was !== "" && is === "")
      return guards.test(name) ? [`loses ${name}, which guarded it`] : [];
    if (was !== "" && was !== is && letsMore(name, was, is)) {
      return [`guards itself otherwise: ${name} from ${was} to ${is}`];
    }
    const redirected = was === "true" || (was === "" && redirectsBySelf(name, before));
    return redirects.test(name) && redirected && is === "false"
      ? [`no longer redirects to TLS (${name})`]
      : [];
  });
  return [...written, ...less.map(medium), ...lostIssuer(before, after)];
}

/** Of guards that are no list: what decides who gets through, and not how it is asked. */
const deciding =
  /\/(auth-(url|type|secret|tls-secret|tls-verify-client)|enable-(modsecurity|owasp-core-rules)|wafv2-acl-arn|waf-policy-for-path|router\.middlewares|azure-allowed-service-tags)$/;

const lists =
  /\/((white|allow)list-source-range|inbound-cidrs|load-balancer-source-ranges|azure-allowed-ip-ranges)$/;

/** Whether addresses get in that did not before. */
function letsMore(name: string, was: string, is: string): boolean {
  if (lists.test(name)) return !areWithin(is, was);
  if (name.endsWith("/denylist-source-range")) return !areWithin(was, is);
  if (name.includes("/limit-")) return !(Number(is) > 0 && Number(is) < 2 * Number(was));
  return deciding.test(name);
}

/** Whether each of some addresses is one of others. */
function areWithin(narrow: string, wide: string): boolean {
  const [some, all] = bothOf(narrow, wide, (list) => list.split(",").map((one) => one.trim()));
  return some.every((one) => all.some((other) => isWithin(one, other)));
}

/** What made the certificate of its TLS. */
function lostIssuer(before: Mapping, after: Mapping): readonly Finding[] {
  if (mappings(valueAt(after, "spec.tls")).length === 0) return [];
  const [was, is] = bothOf(before, after, (side) =>
    ["cluster-issuer", "issuer"]
      .map((name) => annotationsOf(side)[`cert-manager.io/${name}`])
      .find((one) => one !== undefined),
  );
  if (was === undefined || was === is) return [];
  return is === undefined
    ? [medium("has its certificate issued no more (cert-manager.io)")]
    : [medium(`is issued by ${textOf(is)} instead of ${textOf(was)}: who trusts that one?`)];
}

// Where it is not written, these controllers redirect hosts that have TLS.
function redirectsBySelf(name: string, before: Mapping): boolean {
  const hasTls = mappings(valueAt(before, "spec.tls")).length > 0;
  return hasTls && /^(nginx\.ingress\.kubernetes\.io|haproxy[^/]*)\/ssl-redirect$/.test(name);
}

/** Of a Certificate. */
function otherIssuer(before: Mapping, after: Mapping): readonly Finding[] {
  const [was, is] = bothOf(before, after, (side) => textOf(valueAt(side, "spec.issuerRef.name")));
  return was === is ? [] : [medium(`is issued by ${is} instead of ${was}: who trusts that one?`)];
}

function gateway(before: Mapping, after: Mapping, identity: Identity): readonly Finding[] {
  const now = new Map(mappings(valueAt(after, "spec.listeners")).map((one) => [one["name"], one]));
  const listeners = mappings(valueAt(before, "spec.listeners")).flatMap((one) => {
    const name = `listener ${String(one["name"])}`;
    const next = now.get(one["name"]);
    if (next === undefined) return [medium(`${name} goes`)];
    const [from, to] = bothOf(one, next, (side) => valueAt(side, "allowedRoutes.namespaces.from"));
    return [
      ...(one["tls"] !== undefined && next["tls"] === undefined
        ? [medium(`${name} no longer uses TLS`)]
        : []),
      ...(to === "All" && from !== "All"
        ? [medium(`${name} takes routes of every namespace`)]
        : []),
      ...(one["port"] === next["port"] ? [] : [medium(`${name} is at another port`)]),
      ...(one["hostname"] === next["hostname"]
        ? []
        : [medium(`${name} ${otherHost(one["hostname"], next["hostname"])}`)]),
    ];
  });
  const had = new Set(mappings(valueAt(before, "spec.listeners")).map((one) => one["name"]));
  const opened = [...now.values()]
    .filter((one) => !had.has(one["name"]) && one["tls"] === undefined)
    .map((one) => medium(`listens on port ${textOf(one["port"])} without TLS`));
  const [old, next] = bothOf(before, after, (side) =>
    canonical(valueAt(withoutDefaults(side, identity), "spec.parentRefs") ?? null),
  );
  const [names, left] = bothOf(before, after, (side) =>
    textsOf(valueAt(side, "spec.hostnames")).join(", "),
  );
  return [
    ...listeners,
    ...opened,
    ...(old !== next ? [medium("hangs on another gateway (parentRefs)")] : []),
    ...(names !== "" && left === ""
      ? [medium(`serves every host of its gateway, before ${names} alone`)]
      : []),
    ...(names === "" && left !== ""
      ? [medium(`serves ${left} alone, before every host of its gateway`)]
      : []),
  ];
}

function otherHost(was: unknown, is: unknown): string {
  if (was === undefined) return `serves ${textOf(is)} alone, before every host`;
  return is === undefined
    ? `serves every host, before ${textOf(was)} alone`
    : `serves ${textOf(is)} instead of ${textOf(was)}`;
}

function lostHosts(before: Mapping, after: Mapping): readonly Finding[] {
  return ["hostnames", "hosts", "dnsNames"].flatMap((field) => {
    const [old, left] = bothOf(before, after, (side) => textsOf(valueAt(side, `spec.${field}`)));
    // A route without them serves all that its gateway does.
    if (field === "hostnames" && left.length === 0) return [];
    return old
      .filter((host) => !left.some((wide) => takes(wide, host)))
      .map((host) => medium(`no longer serves host ${host}`));
  });
}
