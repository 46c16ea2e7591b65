// Requests that a route took before: which of its rules takes them now.
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { bothOf, canonical, textOf, valueAt } from "../values.ts";
import { rulesOf } from "./paired-rules.ts";
import { asksOf, type Asks, takesAll } from "./route-asks.ts";

const kinds = /^((HTTP|GRPC|TLS)Route|VirtualService|IngressRoute(TCP)?|HTTPProxy)$/;

/** Matches that go, or that another rule than before answers by other backends; in sentences. */
export function lostMatches({ before, after, identity }: ObjectChange): readonly string[] {
  if (!kinds.test(identity.kind) || before === undefined || after === undefined) return [];
  const inOrder = identity.kind === "VirtualService";
  const takerIn = inOrder ? firstTaker : longestTaker;
  const [old, next] = bothOf(before, after, (side) => rulesOf(side).flatMap(matchesOf));
  const [had, left] = bothOf(old, next, (all) => new Set(all.map(({ key }) => key)));
  const [was, is] = bothOf(old, next, indexed);
  // Where the longest path counts, a match that stays is taken by its own rule.
  const moved = inOrder
    ? old.filter(({ key }, at) => next[at]?.key !== key)
    : old.filter(({ key }) => !left.has(key));
  const fresh = next.filter(({ key }) => !had.has(key));
  if (moved.length * mostAlike(is) + fresh.length * mostAlike(was) > mostCompared) {
    const amount = Math.max(moved.length, fresh.length);
    return [`changes ${amount} matches: where these requests go is too much to work out here`];
  }
  const said = [
    ...moved.flatMap((match) => {
      const taker = takerIn(is, match);
      if (taker === undefined) return gone(match, is);
      // Its own rule's backends are compared as that rule's.
      return taker.key === match.key ? [] : sent(match, { from: match, to: taker });
    }),
    ...fresh
      .filter((match) => !inOrder || takerIn(is, match) === match)
      .flatMap((match) => {
        const taker = takerIn(was, match);
        return taker === undefined || !left.has(taker.key)
          ? []
          : sent(match, { from: taker, to: match });
      }),
  ];
  return [...new Set(said)];
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

/** Matches by their paths: there may be thousands. */
type Indexed = {
  readonly all: readonly Match[];
  readonly byPath: ReadonlyMap<string, readonly Match[]>;
};

/** Comparisons of two matches, some microseconds each. */
const mostCompared = 500_000;

function mostAlike({ byPath }: Indexed): number {
  return [...byPath.values()].reduce((most, { length }) => Math.max(most, length), 0);
}

function indexed(all: readonly Match[]): Indexed {
  const byPath = new Map<string, Match[]>();
  for (const one of all) {
    const { path } = one.asks;
    const known = byPath.get(path);
    if (known === undefined) byPath.set(path, [one]);
    else known.push(one);
  }
  return { all, byPath };
}

/** Gateway API lets a path have 1,024 characters. */
const longestPath = 2_000;

/** Those that take all that another does: of its own path, or of one that it begins with. */
function takersOf({ asks }: Match, { byPath }: Indexed): readonly Match[] {
  const path = asks.path.length > longestPath ? "/" : `${asks.path}/`;
  const begins = Array.from(path, (_one, at) => path.slice(0, at + 1));
  return [...new Set([asks.path, ...begins])]
    .flatMap((one) => byPath.get(one) ?? [])
    .filter((one) => takesAll(one.asks, asks));
}

/** Istio asks one rule after the other. */
function firstTaker(among: Indexed, match: Match): Match | undefined {
  const takers = new Set(takersOf(match, among));
  return takers.size < 2 ? [...takers][0] : among.all.find((one) => takers.has(one));
}

/** The others take the longest path, then what asks for most. */
function longestTaker(among: Indexed, match: Match): Match | undefined {
  const rank = (one: Match) => [one.asks.path.length, one.asks.others.length] as const;
  return [...takersOf(match, among)].sort(
    (a, b) => rank(b)[0] - rank(a)[0] || rank(b)[1] - rank(a)[1],
  )[0];
}

function gone({ asks }: Match, { byPath }: Indexed): readonly string[] {
  const isPart = byPath.get(asks.path)?.some((one) => takesAll(asks, one.asks)) === true;
  return [isPart ? `no longer serves all of ${asks.text}` : `no longer serves ${asks.text}`];
}

function sent(
  { asks }: Match,
  { from, to }: { readonly from: Match; readonly to: Match },
): readonly string[] {
  const isOther = from.backends.length > 0 && to.backends.length > 0;
  return isOther && !to.backends.some((one) => from.backends.includes(one))
    ? [`sends ${asks.text} to ${to.backends.join(", ")} instead of ${from.backends.join(", ")}`]
    : [];
}
