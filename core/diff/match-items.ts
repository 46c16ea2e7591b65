import { itemNames } from "./list-keys.ts";
import { isBag, isUnordered, listOf } from "./list-order.ts";
import type { ObjectType } from "./object-type.ts";
import type { ItemStep, Path } from "./path.ts";
import { canonical } from "./values.ts";

export type MatchedItems = {
  /** In the order of the new list; what was removed stands where it was. */
  readonly items: readonly ItemStep[];
  /** The items that both lists have changed places. */
  readonly reordered: boolean;
};

/** Beyond this many comparisons items are paired by position: nobody reads such a list anyway. */
const mostComparisons = 1_000_000;

/** Which items of two versions of the list at a path are the same one. */
export function matchItems(
  path: Path,
  { before, after, type }: TwoLists & { readonly type: ObjectType | undefined },
): MatchedItems {
  const isSet = isUnordered(path, type);
  const names = itemNames(listOf(path), { before, after, isSet });
  if (names !== undefined) return byName(names.before, names.after);
  return isBag(path, type) ? inAnyOrder(before, after) : byContent(before, after);
}

type TwoLists = { readonly before: readonly unknown[]; readonly after: readonly unknown[] };

/** Equal items wherever they stand; what is left over is compared one by one. */
function inAnyOrder(before: readonly unknown[], after: readonly unknown[]): MatchedItems {
  const places = new Map<string, number[]>();
  before.forEach((item, index) => {
    const text = canonical(item);
    places.set(text, [...(places.get(text) ?? []), index]);
  });
  const found = after.map((item) => places.get(canonical(item))?.shift());
  const used = new Set(found);
  const left = before.map((_, index) => index).filter((index) => !used.has(index));
  const items = found.map((equal, index): ItemStep => {
    const was = equal ?? left.shift();
    return { item: `#${index + 1}`, after: index, ...(was === undefined ? {} : { before: was }) };
  });
  const kept = items.flatMap(({ before: was }) => was ?? []);
  items.push(...left.map((index) => ({ item: `#${index + 1}`, before: index })));
  return { items, reordered: kept.some((was, index) => was < (kept[index - 1] ?? -1)) };
}

function byName(before: readonly string[], after: readonly string[]): MatchedItems {
  const old = new Map(before.map((name, index) => [name, index]));
  const kept = after.filter((name) => old.has(name)).map((name) => old.get(name) ?? 0);
  const now = new Set(after);
  const items: ItemStep[] = after.map((item, index) => {
    const was = old.get(item);
    return was === undefined ? { item, after: index } : { item, before: was, after: index };
  });
  before.forEach((item, index) => {
    if (!now.has(item)) items.splice(Math.min(index, items.length), 0, { item, before: index });
  });
  return { items, reordered: kept.some((was, index) => was < (kept[index - 1] ?? -1)) };
}

function byContent(before: readonly unknown[], after: readonly unknown[]): MatchedItems {
  const [old, next] = [before.map(canonical), after.map(canonical)];
  const items: ItemStep[] = [];
  let [from, to] = [0, 0];
  const step = (item: ItemStep) => items.push(item);
  const between = (untilOld: number, untilNext: number) => {
    // What lies between two equal items is compared one by one.
    while (from < untilOld && to < untilNext) {
      step({ item: `#${to + 1}`, before: from++, after: to++ });
    }
    while (from < untilOld) step({ item: `#${from + 1}`, before: from++ });
    while (to < untilNext) step({ item: `#${to + 1}`, after: to++ });
  };
  for (const [a, b] of commonItems(old, next)) {
    between(a, b);
    step({ item: `#${b + 1}`, before: from++, after: to++ });
  }
  between(old.length, next.length);
  return { items, reordered: false };
}

/** Positions of a longest common subsequence. */
function commonItems(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [a: number, b: number])[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let tail = 0;
  const room = Math.min(a.length, b.length) - start;
  while (tail < room && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [rows, columns] = [a.length - start - tail, b.length - start - tail];
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < start; at += 1) pairs.push([at, at]);
  if (rows * columns <= mostComparisons) {
    const middle = longest(a.slice(start, a.length - tail), b.slice(start, b.length - tail));
    pairs.push(...middle.map(([x, y]) => [x + start, y + start] as const));
  }
  for (let at = tail; at > 0; at -= 1) pairs.push([a.length - at, b.length - at]);
  return pairs;
}

function longest(a: readonly string[], b: readonly string[]) {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (x: number, y: number) => lengths[x * width + y] ?? 0;
  for (let x = a.length - 1; x >= 0; x -= 1) {
    for (let y = b.length - 1; y >= 0; y -= 1) {
      lengths[x * width + y] =
        a[x] === b[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [x, y] = [0, 0]; x < a.length && y < b.length;) {
    if (a[x] === b[y]) pairs.push([x++, y++]);
    else if (at(x + 1, y) >= at(x, y + 1)) x += 1;
    else y += 1;
  }
  return pairs;
}
