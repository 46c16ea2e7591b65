// Rules of routes: Gateway API, Istio, Traefik, Contour. Their order alone says little, so they belong
// together by what they match, and only the others by their order, where as many are left.
import { type Mapping, mappings } from "../pod-spec.ts";
import { canonical, valueAt } from "../values.ts";

const lists = ["rules", "http", "tcp", "tls", "routes"];

/** All rules of a route, in their order. */
export function rulesOf(route: unknown): readonly Mapping[] {
  return lists.flatMap((place) => mappings(valueAt(route, `spec.${place}`)));
}

type Pair = readonly [before: Mapping, after: Mapping];

/** Rules of both sides that are one, before and after. */
export function pairedRules(before: unknown, after: unknown): readonly Pair[] {
  const next = rulesOf(after);
  // A route may have thousands of rules.
  const places = new Map<string, number[]>();
  for (const [at, rule] of next.entries()) {
    const alike = places.get(keyOf(rule));
    if (alike === undefined) places.set(keyOf(rule), [at]);
    else alike.push(at);
  }
  const lonely: Mapping[] = [];
  const taken = new Set<number>();
  const pairs: Pair[] = [];
  for (const rule of rulesOf(before)) {
    const at = places.get(keyOf(rule))?.shift();
    const other = at === undefined ? undefined : next[at];
    if (at === undefined || other === undefined) lonely.push(rule);
    else {
      taken.add(at);
      pairs.push([rule, other]);
    }
  }
  const left = next.filter((_rule, at) => !taken.has(at));
  if (lonely.length !== left.length) return pairs;
  return [
    ...pairs,
    ...left.flatMap((other, index) => {
      const rule = lonely[index];
      return rule === undefined ? [] : [[rule, other] as const];
    }),
  ];
}

function keyOf({ matches, match, conditions }: Mapping): string {
  return canonical([matches ?? null, match ?? null, conditions ?? null]);
}
