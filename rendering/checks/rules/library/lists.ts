import type { Environment } from "@marcbachmann/cel-js";

class Sets {}

/** Kubernetes' list library and cel-go's sets, for texts, numbers and flags. */
export function addLists(environment: Environment): void {
  environment
    .registerFunction("list.isSorted(): bool", (list: readonly unknown[]) =>
      list.every((item, index) => index === 0 || compared(list[index - 1], item) <= 0),
    )
    .registerFunction("list.sum(): dyn", (list: readonly unknown[]) => {
      if (list.every(isInteger)) return list.reduce((sum, item) => sum + item, 0n);
      if (list.every(isDouble)) return list.reduce((sum, item) => sum + item, 0);
      throw new Error("sum() of other things than numbers");
    })
    .registerFunction("list.min(): dyn", (list: readonly unknown[]) => extreme(list, -1))
    .registerFunction("list.max(): dyn", (list: readonly unknown[]) => extreme(list, 1))
    .registerFunction("list.indexOf(dyn): int", (list: readonly unknown[], item: unknown) =>
      BigInt(list.findIndex((each) => same(each, item))),
    )
    .registerFunction("list.lastIndexOf(dyn): int", (list: readonly unknown[], item: unknown) =>
      BigInt(list.findLastIndex((each) => same(each, item))),
    )
    .registerFunction("list.distinct(): list", (list: readonly unknown[]) =>
      list.filter((item, index) => list.findIndex((each) => same(each, item)) === index),
    );
  environment.registerType("Sets", Sets).registerConstant("sets", "Sets", new Sets());
  type Test = (all: readonly unknown[], some: readonly unknown[]) => boolean;
  const holds: Test = (all, some) => some.every((item) => all.some((each) => same(each, item)));
  const tests: Readonly<Record<string, Test>> = {
    contains: holds,
    equivalent: (a, b) => holds(a, b) && holds(b, a),
    intersects: (a, b) => a.some((item) => b.some((each) => same(each, item))),
  };
  for (const [name, test] of Object.entries(tests)) {
    environment.registerFunction(
      `Sets.${name}(list, list): bool`,
      (_: unknown, a: readonly unknown[], b: readonly unknown[]) => test(a, b),
    );
  }
}

const isInteger = (value: unknown): value is bigint => typeof value === "bigint";
const isDouble = (value: unknown): value is number => typeof value === "number";

function extreme(list: readonly unknown[], sign: 1 | -1): unknown {
  if (list.length === 0) throw new Error("min() or max() of an empty list");
  return list.reduce((best, item) => (compared(item, best) * sign > 0 ? item : best));
}

function compared(a: unknown, b: unknown): number {
  for (const kind of ["string", "bigint", "number", "boolean"]) {
    if (typeof a === kind && typeof b === kind) {
      const [left, right] = [a as string, b as string];
      return left < right ? -1 : left > right ? 1 : 0;
    }
  }
  throw new Error("a comparison of other things than texts, numbers and flags");
}

function same(a: unknown, b: unknown): boolean {
  if (isInteger(a) && isDouble(b)) return Number.isInteger(b) && a === BigInt(b);
  if (isDouble(a) && isInteger(b)) return same(b, a);
  if (Object(a) === a || Object(b) === b) throw new Error("a search for mappings or lists");
  return a === b;
}
