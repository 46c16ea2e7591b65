// Requests that a route took before: which of its rules takes them now.
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { canonical, textOf, valueAt } from "../values.ts";
import { rulesOf } from "./paired-rules.ts";
import { asksOf, type Asks, takesAll } from "./route-asks.ts";

const kinds = /^((HTTP|GRPC|TLS)Route|VirtualService|IngressRoute(TCP)?|HTTPProxy)$/;

/** Matches that go, and that another rule's backends answer; in sentences. */
export function lostMatches({ before, after, identity }: ObjectChange): readonly string[] {
  if (!kinds.test(identity.kind) || before === undefined || after === undefined) return [];
  const next = rulesOf(after).flatMap(matchesOf);
  const left = new Set(next.map(({ key }) => key));
  const lost = rulesOf(before)
    .flatMap(matchesOf)
    .filter(({ key }) => !left.has(key))
    .flatMap((match) => saidOf(match, next));
  return [...new Set(lost)];
}

type Match = {
  readonly key: string;
  readonly asks: Asks;
  readonly backends: readonly string[];
};

function matchesOf(rule: Mapping): readonly Match[] {
  const backends = ["backendRefs", "route", "services"]
    .flatMap((field) => mappings(rule[field]))
    .map((one) => valueAt(one, "destination.host") ?? one["name"])
    .filter((one) => one !== undefined)
    .map(textOf);
  return asksOf(rule).map((asks) => ({ key: canonical(asks), asks, backends }));
}

function saidOf({ asks, backends }: Match, next: readonly Match[]): readonly string[] {
  const takers = next.filter((one) => takesAll(one.asks, asks));
  // The longest path goes before the others.
  const [taker] = [...takers].sort((a, b) => b.asks.path.length - a.asks.path.length);
  if (taker === undefined) {
    const isPart = next.some((one) => takesAll(asks, one.asks));
    return [isPart ? `no longer serves all of ${asks.text}` : `no longer serves ${asks.text}`];
  }
  const isOther = backends.length > 0 && taker.backends.length > 0;
  return isOther && !taker.backends.some((one) => backends.includes(one))
    ? [`sends ${asks.text} to ${taker.backends.join(", ")} instead of ${backends.join(", ")}`]
    : [];
}
