/**
 * What a table of the program holds under a key that somebody else wrote; undefined for none. Without
 * it `constructor`, as a kind or field, would find what all objects inherit.
 */
export function ownEntry<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
