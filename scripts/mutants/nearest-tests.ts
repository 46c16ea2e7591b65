// Every test of the diff passes nearly all of its rules on the way to its own. Those that know what a
// mutant does are those that go where others do not, beside it; of those that go the same way the
// quickest few. Asking fewer tests can only find more survivors.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { CoverageData } from "@stryker-mutator/api/core";

/** How many tests are asked of a mutant. */
const most = Number(process.env["MUTANTS_MOST"] ?? 100);
/** How many mutants lie together: those of a file stand in a row. */
const near = 80;

export type Coverage = {
  /** Of each test: how often it came by each mutant. */
  readonly perTest: Readonly<Record<string, CoverageData>>;
  readonly spentMs: ReadonlyMap<string, number>;
};

/** In the folder of the run: the process that takes the place of one that hung tries no test first. */
const place = "nearest-tests.json";

export function kept(coverage: Coverage): Coverage {
  writeFileSync(place, JSON.stringify({ ...coverage, spentMs: [...coverage.spentMs] }));
  return coverage;
}

export function keptBefore(): Coverage | undefined {
  if (!existsSync(place)) return undefined;
  const { perTest, spentMs } = JSON.parse(readFileSync(place, "utf8")) as {
    readonly perTest: Coverage["perTest"];
    readonly spentMs: readonly (readonly [string, number])[];
  };
  return { perTest, spentMs: new Map(spentMs) };
}

/** Tests that go the same way through a part of the code, the quickest first. */
type Group = readonly string[];

/** Of the tests that reach a mutant, those that most probably notice it, first. */
export function nearestTests({ perTest, spentMs }: Coverage) {
  const ids = Object.entries(perTest).map(([test, passed]) => {
    return [test, Object.keys(passed).map(Number)] as const;
  });
  const known = new Map<number, readonly Group[]>();
  return (mutant: string, tests: readonly string[]): readonly string[] => {
    const part = Math.floor(Number(mutant) / near);
    const groups = known.get(part) ?? groupsOf(ids, part);
    known.set(part, groups);
    return inTurn(groups, new Set(tests));
  };

  function groupsOf(all: typeof ids, part: number): readonly Group[] {
    const isBeside = (id: number) => id >= (part - 0.5) * near && id < (part + 1.5) * near;
    const counts = new Map<number, number>();
    const byWay = new Map<string, { readonly tests: string[]; readonly ids: readonly number[] }>();
    for (const [test, passed] of all) {
      const beside = passed.filter(isBeside);
      for (const id of beside) counts.set(id, (counts.get(id) ?? 0) + 1);
      const way = beside.join();
      const group = byWay.get(way) ?? { tests: [], ids: beside };
      group.tests.push(test);
      byWay.set(way, group);
    }
    const worth = (passed: readonly number[]) =>
      passed.reduce((sum, id) => sum + 1 / (counts.get(id) ?? 1), 0);
    const spent = (test: string) => spentMs.get(test) ?? 0;
    return [...byWay.values()]
      .map((group) => ({ ...group, worth: worth(group.ids) }))
      .sort((one, other) => other.worth - one.worth)
      .map((group) => group.tests.sort((one, other) => spent(one) - spent(other)));
  }
}

function inTurn(groups: readonly Group[], asked: ReadonlySet<string>): readonly string[] {
  const left = groups.map((group) => group.filter((test) => asked.has(test)));
  const chosen: string[] = [];
  for (let round = 0; chosen.length < Math.min(most, asked.size); round++) {
    const next = left.flatMap((group) => group[round] ?? []);
    if (next.length === 0) break;
    chosen.push(...next);
  }
  return chosen.slice(0, most);
}
