import type { Result } from "../run.ts";

type Member = { readonly name: string; readonly dependsOn: readonly string[] | undefined };

/** Results of what a member depends on: directly, and by what those depend on. */
export type Before = {
  readonly direct: ReadonlyMap<string, Result>;
  readonly all: ReadonlyMap<string, Result>;
};

/**
 * Runs each when what it depends on has a result; those that have one already are left alone.
 * @param previous depend on the one before unless said otherwise, as stages do
 */
export async function inOrder<T extends Member>(
  members: readonly T[],
  results: Map<string, Result>,
  execute: (one: T, before: Before) => Promise<Result>,
): Promise<void> {
  const promises = new Map<string, Promise<Result>>();
  const parents = directNames(members);
  members.forEach((one) => {
    const names = parents.get(one.name) ?? [];
    const known = results.get(one.name);
    const run = async () => {
      for (const name of names) await promises.get(name);
      const of = (wanted: Iterable<string>) =>
        new Map([...wanted].map((name) => [name, results.get(name) ?? "skipped"] as const));
      const result = await execute(one, {
        direct: of(names),
        all: of(ancestors(one.name, parents)),
      });
      results.set(one.name, result);
      return result;
    };
    promises.set(one.name, known ? Promise.resolve(known) : doLater(run));
  });
  await Promise.all(promises.values());
}

// Begun when every promise is known: a member may stand before what it depends on.
async function doLater(run: () => Promise<Result>): Promise<Result> {
  await Promise.resolve();
  return run();
}

function directNames(members: readonly Member[]): ReadonlyMap<string, readonly string[]> {
  const real = new Map(members.map(({ name }) => [name.toLowerCase(), name]));
  return new Map(
    members.map(({ name, dependsOn }, index) => {
      const before = members[index - 1];
      const names = dependsOn ?? (before ? [before.name] : []);
      return [name, names.map((one) => real.get(one.toLowerCase()) ?? one)] as const;
    }),
  );
}

/** Everything that a member depends on, directly or not. */
function ancestors(
  name: string,
  parents: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: string) => {
    for (const parent of parents.get(one) ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(name);
  return found;
}

/** Everything that depends on a member, directly or not. */
export function dependants(members: readonly Member[], name: string): ReadonlySet<string> {
  const parents = directNames(members);
  return new Set(members.map((one) => one.name).filter((one) => ancestors(one, parents).has(name)));
}
