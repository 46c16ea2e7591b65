// Every test of the diff passes nearly all of its rules on the way to its own. Those that know what a
// mutant does are those that go where others do not, beside it; of those that go the same way the
// quickest few. Asking fewer tests can only find more survivors.
import type { CoverageData } from "@stryker-mutator/api/core";

/** How many tests are asked of a mutant. */
const most = Number(process.env["MUTANTS_MOST"] ?? 150);
/** How far from it, in mutants, another one is beside it: those of a file stand in a row. */
const near = 80;

type Reached = { readonly test: string; readonly ways: string; readonly worth: number };

export type Coverage = {
  /** Of each test: how often it came by each mutant. */
  readonly perTest: Readonly<Record<string, CoverageData>>;
  readonly spentMs: ReadonlyMap<string, number>;
};

/** Of the tests that reach a mutant, those that most probably notice it, first. */
export function nearestTests(
  { perTest, spentMs }: Coverage,
  mutant: string,
  tests: readonly string[],
): readonly string[] {
  const at = Number(mutant);
  const beside = (test: string) =>
    Object.keys(perTest[test] ?? {}).filter((id) => Math.abs(Number(id) - at) <= near);
  const passed = new Map(tests.map((test) => [test, beside(test)]));
  const counts = new Map<string, number>();
  for (const id of [...passed.values()].flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const reached = [...passed].map(([test, ids]): Reached => {
    const worth = ids.reduce((sum, id) => sum + 1 / (counts.get(id) ?? 1), 0);
    return { test, ways: ids.join(), worth };
  });
  const byWay = new Map<string, Reached[]>();
  for (const one of reached) byWay.set(one.ways, [...(byWay.get(one.ways) ?? []), one]);
  const spent = ({ test }: Reached) => spentMs.get(test) ?? 0;
  const groups = [...byWay.values()]
    .map((group) => group.sort((one, other) => spent(one) - spent(other)))
    .sort((one, other) => (other[0]?.worth ?? 0) - (one[0]?.worth ?? 0));
  const chosen: string[] = [];
  for (let round = 0; chosen.length < Math.min(most, tests.length); round++) {
    chosen.push(...groups.flatMap((group) => group[round]?.test ?? []));
  }
  return chosen.slice(0, most);
}
