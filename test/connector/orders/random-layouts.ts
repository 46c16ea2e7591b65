// Repositories as teams lay them out for Flux, made by chance, and what a commit makes of them: what
// applies what, in which order, with whose values, from which source.
import { randomFrom } from "../../support/random.ts";
import { type Facts, type Tree, treeOf } from "./layout-tree.ts";

export type Layout = {
  readonly before: Tree;
  readonly after: Tree;
  /** What another delivery makes of that, in files that the first one did not change. */
  readonly later: Tree;
  readonly edits: readonly string[];
};

/** @param seed the same one makes the same layouts */
export function randomLayouts(seed: number): { readonly next: () => Layout } {
  const chance = chanceFrom(seed);
  return { next: () => edited(chance) };
}

type Chance = ReturnType<typeof chanceFrom>;
function chanceFrom(seed: number) {
  const next = randomFrom(seed);
  // The first ones of near seeds are near one another.
  for (let at = 0; at < 10; at += 1) next();
  const maybe = (probability: number) => next() < probability;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = (probability: number, make: () => object) => (maybe(probability) ? make() : {});
  return { maybe, pick, some };
}

const places = ["clusters/prod", "config", "infra"];

function edited(chance: Chance): Layout {
  const { maybe } = chance;
  const facts = factsOf(chance);
  const most = maybe(0.4) ? 1 : maybe(0.6) ? 2 : 3;
  const first = changedBy(chance, facts, most);
  const [before, after] = [treeOf(facts), treeOf(first.facts)];
  const own = differing(before, after);
  for (let tries = 0; tries < 20; tries += 1) {
    const second = changedBy(chance, first.facts, 1);
    const later = treeOf(second.facts);
    const paths = differing(after, later);
    if (paths.length === 0 || paths.some((path) => own.includes(path))) continue;
    return { before, after, later, edits: [...first.edits, `later ${second.edits.join()}`] };
  }
  return { before, after, later: after, edits: first.edits };
}

function changedBy(chance: Chance, facts: Facts, most: number) {
  const changed: Record<string, unknown> = { ...facts };
  const edits: string[] = [];
  while (edits.length < most) {
    const name = chance.pick(Object.keys(facts) as (keyof Facts)[]);
    const was = changed[name];
    for (let tries = 0; tries < 8 && isSame(was, changed[name]); tries += 1) {
      changed[name] = factsOf(chance)[name];
    }
    edits.push(name);
  }
  return { facts: changed as Facts, edits };
}

/** Paths of the files that two trees have otherwise. */
export function differing(one: Tree, other: Tree): readonly string[] {
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return paths.filter((path) => one[path] !== other[path]);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What may be other after a commit, each by itself. */
function factsOf({ maybe, pick, some }: Chance): Facts {
  const spec = () => ({
    ...{ interval: "5m", prune: maybe(0.85) },
    ...some(0.04, () => ({ suspend: maybe(0.5) })),
    ...some(0.1, () => ({ force: true })),
    ...some(0.1, () => ({ deletionPolicy: pick(["Orphan", "Delete", "MirrorPrune"]) })),
    ...some(0.04, () => ({ kubeConfig: { secretRef: { name: "remote" } } })),
    ...some(0.2, () => ({ wait: true })),
    ...some(0.3, () => ({ dependsOn: [{ name: pick(["config", "infra"]) }] })),
    ...some(0.2, () => ({ targetNamespace: pick(["t1", "t2"]) })),
    ...some(0.5, () => ({
      postBuild: {
        ...some(0.5, () => ({ substitute: { V: pick(["one", "two"]) } })),
        ...some(0.7, () => ({ substituteFrom: [{ kind: "ConfigMap", name: "vars" }] })),
      },
    })),
  });
  return {
    app: spec(),
    appName: maybe(0.85) ? "app" : "shop",
    appFolder: maybe(0.85) ? "apps/shop" : "apps/shop2",
    ...{ image: pick(["1", "2", "3"]), note: pick(["${V}", "plain", "x-${V}"]) },
    twin: maybe(0.25) ? { ...spec(), targetNamespace: pick(["twin", "other"]) } : undefined,
    infra: { ...spec(), dependsOn: undefined },
    infraValue: pick(["a", "b"]),
    infraFrom: maybe(0.8) ? "git" : pick(["told", "told", "untold"]),
    finalizers: maybe(0.1) ? ["fabrikam.com/keep"] : undefined,
    config: { interval: "5m", prune: true, ...some(0.03, () => ({ suspend: true })) },
    vars: { V: pick(["k1", "k2", "k3"]) },
    // Of what the values are: of the cluster's own folder, or of one that another brings.
    varsAt: pick(places),
    release: maybe(0.6)
      ? {
          chart: pick(["git", "git", "registry", "oci"]),
          ...{ version: pick(["1.0.0", "1.1.0"]), values: { a: pick(["1", "2"]) } },
          ...some(0.6, () => ({ from: "release-values" })),
          ...some(0.2, () => ({ byRevision: true })),
          ...some(0.05, () => ({ suspend: maybe(0.5) })),
        }
      : undefined,
    releaseValues: { b: pick(["1", "2", "3"]) },
    valuesAt: pick(["config", "infra", "app", "app", "app"]),
    chart: { version: pick(["0.1.0", "0.2.0"]), template: pick(["one", "two", "three"]) },
    ref: maybe(0.97) ? { branch: "main" } : { tag: pick(["old", "new"]) },
    patch: maybe(0.15) ? pick(["patched", "again"]) : undefined,
    ignore: maybe(0.08) ? pick(["/infra/b.yaml\n", "/infra/a.yaml\n"]) : undefined,
  };
}
