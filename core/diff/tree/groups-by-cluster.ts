import { joined, type Reach } from "./reach.ts";

/** The folders of a side that are applied by themselves, by the environment that they seem to be of. */
export type Groups = ReadonlyMap<string, readonly Reach[]>;

type Applied = ReadonlyMap<string, Reach>;

/**
 * What is applied together on either side: an environment's folders, but each by itself where two of
 * them build the same file. Two of one cluster would fight over what it holds, so `prod/west` and
 * `prod/east` over one base are two clusters.
 */
export function byCluster(
  before: Groups,
  after: Groups,
): { readonly before: Applied; readonly after: Applied } {
  const apart = new Set(
    [before, after].flatMap((side) =>
      [...side].flatMap(([name, reaches]) => (isShared(reaches) ? [name] : [])),
    ),
  );
  const parted = (side: Groups): Applied => {
    const found = new Map<string, Reach[]>();
    for (const [name, reaches] of side) {
      for (const reach of reaches) {
        const key = apart.has(name) ? (reach.parts?.[0]?.key ?? name) : name;
        const of = found.get(key) ?? [];
        found.set(key, of);
        of.push(reach);
      }
    }
    return new Map([...found].map(([name, reaches]) => [name, joined(reaches)]));
  };
  return { before: parted(before), after: parted(after) };
}

function isShared(reaches: readonly Reach[]): boolean {
  const seen = new Set<string>();
  return reaches.some(({ files }) => {
    const keys = files.map(({ path, namespace = "" }) => `${path}\0${namespace}`);
    const isTwice = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isTwice;
  });
}
