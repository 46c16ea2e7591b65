// How a route divides its traffic: Gateway API, Istio, Traefik, ingress-nginx.
import { annotationsOf } from "../labels.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { canonical, textOf, valueAt } from "../values.ts";
import { pairedRules } from "./paired-rules.ts";

const kinds = /^((HTTP|GRPC|TCP|TLS|UDP)Route|VirtualService|TraefikService|IngressRoute)$/;

const canaryWeight = "nginx.ingress.kubernetes.io/canary-weight";

/** An Ingress of ingress-nginx beside another one, which gets a share of its requests. */
function ofCanary(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map((side) => Number(annotationsOf(side)[canaryWeight] ?? 0));
  return was !== undefined && is !== undefined && is - was >= 50
    ? [`gets ${is} % of the requests, before ${was} % (canary-weight)`]
    : [];
}

/** Traffic of a rule that goes elsewhere: all of it, half or more; in sentences. */
export function trafficShares({ before, after, identity }: ObjectChange): readonly string[] {
  if (identity.kind === "Ingress") return ofCanary(before, after);
  if (!kinds.test(identity.kind) || before === undefined || after === undefined) return [];
  const rules = pairedRules(before, after).map(([old, next]) => [
    backendsOf(old),
    backendsOf(next),
  ]);
  const weighted = [before, after].map((side) => mappings(valueAt(side, "spec.weighted.services")));
  const moved = [...rules, weighted].flatMap((sides) => {
    const [was, is] = sides.map(sharesOf);
    if (was === undefined || is === undefined) return [];
    // One in place of another.
    if (was.size === 1 && is.size === 1) return instead([...was.keys()], [...is.keys()]);
    return [...is].flatMap(([name, share]) => {
      const from = was.get(name) ?? 0;
      return was.size > 0 && share - from >= 50
        ? [`sends ${Math.round(share)} % of its traffic to ${name}, before ${Math.round(from)} %`]
        : [];
    });
  });
  return [...new Set(moved)];
}

function instead([from]: readonly string[], [to]: readonly string[]): readonly string[] {
  return from === to ? [] : [`sends its traffic to ${to ?? ""} instead of ${from ?? ""}`];
}

/** Of the Gateway API, Istio and Traefik. */
function backendsOf(rule: Mapping): readonly Mapping[] {
  return ["backendRefs", "route", "services"].flatMap((field) => mappings(rule[field]));
}

function sharesOf(backends: readonly Mapping[]): ReadonlyMap<string, number> {
  const weighed = backends.map((one) => {
    const weight = Number(textOf(one["weight"] ?? (backends.length === 1 ? 100 : 1)));
    return [nameOf(one), Number.isFinite(weight) ? weight : 0] as const;
  });
  const sum = weighed.reduce((all, [, weight]) => all + weight, 0);
  const shares = new Map<string, number>();
  for (const [name, weight] of sum > 0 ? weighed : []) {
    shares.set(name, (shares.get(name) ?? 0) + (100 * weight) / sum);
  }
  return shares;
}

function nameOf(backend: Mapping): string {
  const { destination } = backend;
  if (destination === undefined) return textOf(backend["name"] ?? canonical(backend));
  const [host, subset] = [valueAt(destination, "host"), valueAt(destination, "subset")];
  return [host, subset]
    .filter((one) => one !== undefined)
    .map(textOf)
    .join(" ");
}
