// Rules of routes: Gateway API, Istio, Traefik, Contour. Their order alone says little, so they belong
// together by what they match, and only the others by their order, where as many are left.
import { type Mapping, mappings } from "../pod-spec.ts";
import { canonical, valueAt } from "../values.ts";

const places = ["rules", "http", "tcp", "tls", "routes"];

/** All rules of a route, in their order. */
export function rulesOf(route: unknown): readonly Mapping[] {
  return places.flatMap((place) => mappings(valueAt(route, `spec.${place}`)));
}

type Pair = readonly [before: Mapping, after: Mapping];

/** Rules of both sides that are one, before and after. */
export function pairedRules(before: unknown, after: unknown): readonly Pair[] {
  const next = [...rulesOf(after)];
  const lonely: Mapping[] = [];
  const pairs: Pair[] = [];
  for (const rule of rulesOf(before)) {
    const other = next.find((one) => keyOf(one) === keyOf(rule));
    if (other === undefined) lonely.push(rule);
    else {
      next.splice(next.indexOf(other), 1);
      pairs.push([rule, other]);
    }
  }
  if (lonely.length !== next.length) return pairs;
  return [
    ...pairs,
    ...next.flatMap((other, index) => {
      const rule = lonely[index];
      return rule === undefined ? [] : [[rule, other] as const];
    }),
  ];
}

function keyOf({ matches, match, conditions }: Mapping): string {
  return canonical([matches ?? null, match ?? null, conditions ?? null]);
}
