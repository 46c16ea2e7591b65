// What guards an entrance by annotations or by the Gateway API.
import { isWithin } from "../address-ranges.ts";
import { annotationsOf } from "../labels.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { canonical, textOf, textsOf, valueAt } from "../values.ts";
import { meshGateway } from "./mesh-gateway.ts";
import { isInternal } from "./internal-addresses.ts";

const guards =
  /\/(whitelist-source-range|allowlist-source-range|denylist-source-range|auth-[a-z-]+|enable-modsecurity|enable-owasp-core-rules|limit-(rps|rpm|connections)|wafv2-acl-arn|waf-policy-for-path|inbound-cidrs|router\.middlewares|load-balancer-source-ranges|azure-allowed-(ip-ranges|service-tags))$/;
const redirects = /\/(force-)?ssl-redirect$/;
// They become part of the configuration that all entrances of a controller share.
const snippets = /\/(configuration|server|auth|stream|http|location)-snippets?$/;

/** Restrictions of an Ingress or Gateway that go, and hosts and listeners of the Gateway API. */
export function guardedEntrances(change: ObjectChange): readonly Finding[] {
  const { before, after, identity } = change;
  if (before === undefined || after === undefined) return [];
  const isEntrance = /^(Ingress|Gateway|Service|VirtualService|IngressRoute|HTTPProxy)$/;
  return [
    ...(isEntrance.test(identity.kind) ? lostGuards(before, after) : []),
    ...(identity.kind !== "Service" && isInternal(before) && !isInternal(after)
      ? [high("is no longer internal: it gets a public address")]
      : []),
    ...(identity.group === "gateway.networking.k8s.io" ? gateway(before, after) : []),
    ...(identity.group === "networking.istio.io" ? meshGateway(before, after).map(medium) : []),
    ...(identity.kind === "Certificate" ? otherIssuer(before, after) : []),
    ...lostHosts(before, after),
  ];
}

function lostGuards(before: Mapping, after: Mapping): readonly Finding[] {
  const [old, next] = [annotationsOf(before), annotationsOf(after)];
  const written = Object.keys(next)
    .filter((name) => snippets.test(name) && old[name] !== next[name])
    .map((name) => medium(`writes into the controller's own configuration (${name})`));
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const less = names.flatMap((name): readonly Finding[] => {
    const [was, is] = [old, next].map((side) => (side[name] === "" ? undefined : side[name]));
    if (guards.test(name) && was !== undefined && is === undefined)
      return [medium(`loses ${name}, which guarded it`)];
    if (was !== undefined && is !== undefined && was !== is && letsMore(name, was, is))
      return [medium(`guards itself otherwise: ${name} from ${textOf(was)} to ${textOf(is)}`)];
    const redirected = was === undefined ? redirectsBySelf(name, before) : textOf(was) === "true";
    return redirects.test(name) && redirected && textOf(is ?? "") === "false"
      ? [medium(`no longer redirects to TLS (${name})`)]
      : [];
  });
  return [...written, ...less, ...lostIssuer(before, after)];
}

const lists =
  /\/((white|allow)list-source-range|inbound-cidrs|load-balancer-source-ranges|azure-allowed-ip-ranges)$/;

/** Of guards that are no list: what decides who gets through, and not how it is asked. */
const deciding =
  /\/(auth-(url|type|secret|tls-secret|tls-verify-client)|enable-(modsecurity|owasp-core-rules)|wafv2-acl-arn|waf-policy-for-path|router\.middlewares|azure-allowed-service-tags)$/;

/** Whether addresses get in that did not before. */
function letsMore(name: string, was: unknown, is: unknown): boolean {
  const [old, next] = [was, is].map((list) =>
    textOf(list)
      .split(",")
      .map((one) => one.trim()),
  );
  const covers = (wide: readonly string[] = [], narrow: readonly string[] = []) =>
    narrow.every((one) => wide.some((other) => isWithin(one, other)));
  if (lists.test(name)) return !covers(old, next);
  if (/\/denylist-source-range$/.test(name)) return !covers(next, old);
  if (/\/limit-/.test(name)) return !(Number(is) > 0 && Number(is) < 2 * Number(was));
  return deciding.test(name);
}

/** What made the certificate of its TLS. */
function lostIssuer(before: Mapping, after: Mapping): readonly Finding[] {
  if (mappings(valueAt(after, "spec.tls")).length === 0) return [];
  const issuer = (side: Mapping) =>
    ["cluster-issuer", "issuer"]
      .map((name) => annotationsOf(side)[`cert-manager.io/${name}`])
      .find((one) => one !== undefined);
  const [was, is] = [issuer(before), issuer(after)];
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

function otherIssuer(before: Mapping, after: Mapping): readonly Finding[] {
  const [was, is] = [before, after].map((side) => textOf(valueAt(side, "spec.issuerRef.name")));
  return was === is
    ? []
    : [medium(`is issued by ${is ?? ""} instead of ${was ?? ""}: who trusts that one?`)];
}

function gateway(before: Mapping, after: Mapping): readonly Finding[] {
  const now = new Map(mappings(valueAt(after, "spec.listeners")).map((one) => [one["name"], one]));
  const listeners = mappings(valueAt(before, "spec.listeners")).flatMap((one) => {
    const name = `listener ${String(one["name"])}`;
    const next = now.get(one["name"]);
    if (next === undefined) return [medium(`${name} goes`)];
    const [from, to] = [one, next].map((side) => valueAt(side, "allowedRoutes.namespaces.from"));
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
  const [old, next] = [before, after].map((side) => valueAt(side, "spec.parentRefs") ?? null);
  const isMoved = canonical(old) !== canonical(next);
  const [names, left] = [before, after].map((side) =>
    textsOf(valueAt(side, "spec.hostnames")).join(", "),
  );
  return [
    ...listeners,
    ...opened,
    ...(isMoved ? [medium("hangs on another gateway (parentRefs)")] : []),
    ...(names !== "" && left === ""
      ? [medium(`serves every host of its gateway, before ${names ?? ""} alone`)]
      : []),
    ...(names === "" && left !== ""
      ? [medium(`serves ${left ?? ""} alone, before every host of its gateway`)]
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
    const [old = [], left = []] = [before, after].map((side) =>
      textsOf(valueAt(side, `spec.${field}`)),
    );
    // A route without them serves all that its gateway does.
    if (field === "hostnames" && left.length === 0) return [];
    return old
      .filter((host) => !left.includes(host))
      .map((host) => medium(`no longer serves host ${host}`));
  });
}
