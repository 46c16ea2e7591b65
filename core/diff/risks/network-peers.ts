// Whom a rule of a NetworkPolicy lets through, and where: one peer and one port at a time, so that two
// policies can be compared however their rules are put together.
import { isRecord } from "../../manifests/parse.ts";
import { areAll, isWithin } from "../address-ranges.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import { canonical, textOf, textsOf, valueAt } from "../values.ts";

/** Without a peer everybody, without a port every one. */
export type Passage = { readonly peer?: Mapping; readonly port?: Mapping };

/** An absent or empty list stands for everything. */
export function passagesOf(rule: Mapping, peers: string): readonly Passage[] {
  const [from, through] = [mappings(rule[peers]), mappings(rule["ports"])];
  const ports = through.length === 0 ? [{}] : through.map((port) => ({ port }));
  const by = from.length === 0 ? [{}] : from.map((peer) => ({ peer }));
  return by.flatMap((one) => ports.map((port) => ({ ...one, ...port })));
}

/** Whether all that passes one passes the other. */
export function covers(wide: Passage, narrow: Passage): boolean {
  return coversPort(wide.port, narrow.port) && coversPeer(wide.peer, narrow.peer);
}

/** Whether it is open for all of a cluster, or for every address. */
export function isForAnybody({ peer }: Passage): boolean {
  if (peer === undefined) return true;
  const { namespaceSelector, podSelector } = peer;
  return (
    areAll(addressesOf(peer)) ||
    (takesAllNamespaces(namespaceSelector) && (!podSelector || takesAll(podSelector)))
  );
}

// The API server gives every namespace this label.
function takesAllNamespaces(selector: unknown): boolean {
  const isOfEach = (one: Mapping) =>
    one["key"] === "kubernetes.io/metadata.name" && one["operator"] === "Exists";
  if (!isRecord(selector)) return false;
  const left = mappings(selector["matchExpressions"]).filter((one) => !isOfEach(one));
  return takesAll({ ...selector, matchExpressions: left });
}

/** The ports on which blocks of addresses are together open for every address: two halves are all. */
export function portsForAnybody(passages: readonly Passage[]): ReadonlySet<string> {
  const addresses = new Map<string, string[]>();
  for (const { peer, port } of passages) {
    const key = canonical(port ?? null);
    const of = addresses.get(key) ?? [];
    addresses.set(key, of);
    if (peer !== undefined) of.push(...addressesOf(peer));
  }
  return new Set([...addresses].flatMap(([port, all]) => (areAll(all) ? [port] : [])));
}

function addressesOf(peer: Mapping): readonly string[] {
  const cidr = valueAt(peer, "ipBlock.cidr");
  return typeof cidr === "string" ? [cidr] : [];
}

function takesAll(selector: unknown): boolean {
  return isRecord(selector) && conditionsOf(selector).length === 0;
}

function coversPeer(wide: Mapping | undefined, narrow: Mapping | undefined): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  if (isRecord(wide["ipBlock"]) || isRecord(narrow["ipBlock"])) {
    return coversBlock(wide["ipBlock"], narrow["ipBlock"]);
  }
  const [all, some] = [wide["namespaceSelector"] ?? null, narrow["namespaceSelector"] ?? null];
  // Without a selector of namespaces it is the policy's own.
  const isPlace = takesAll(all) || (all === null ? some === null : demands(some, all));
  return isPlace && demands(narrow["podSelector"], wide["podSelector"]);
}

function coversBlock(wide: unknown, narrow: unknown): boolean {
  const [outer, inner] = [wide, narrow].map((block) => valueAt(block, "cidr"));
  if (typeof outer !== "string" || typeof inner !== "string") return false;
  const [kept = [], left = []] = [wide, narrow].map((block) => textsOf(valueAt(block, "except")));
  // What was left out, as far as it lies in the narrow one, is still left out.
  const isLeftOut = (one: string) =>
    left.some((other) => isWithin(one, other)) || !(isWithin(one, inner) || isWithin(inner, one));
  return isWithin(inner, outer) && kept.every(isLeftOut);
}

/** Whether a selector asks for all that another asks for; one that asks for nothing takes all. */
function demands(narrow: unknown, wide: unknown): boolean {
  const asked = new Set(conditionsOf(narrow));
  return conditionsOf(wide).every((one) => asked.has(one));
}

function conditionsOf(selector: unknown): readonly string[] {
  const labels = valueAt(selector, "matchLabels");
  return [
    ...Object.entries(isRecord(labels) ? labels : {}).map(canonical),
    ...mappings(valueAt(selector, "matchExpressions")).map(canonical),
  ];
}

function coversPort(wide: Mapping | undefined, narrow: Mapping | undefined): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  const [protocol, its] = [wide, narrow].map((one) => textOf(one["protocol"] ?? "TCP"));
  if (protocol !== its) return false;
  const [port, other] = [wide["port"] ?? undefined, narrow["port"] ?? undefined];
  if (port === undefined) return true;
  const areNumbers = typeof port === "number" && typeof other === "number";
  return areNumbers ? port <= other && !isLonger(narrow, wide) : port === other;
}

/** Whether a range of ports ends later than another. */
function isLonger(narrow: Mapping, wide: Mapping): boolean {
  const [end, other] = [wide, narrow].map((one) => Number(one["endPort"] ?? one["port"]));
  return (other ?? 0) > (end ?? 0);
}
