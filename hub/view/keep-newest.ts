/** Sets it, and forgets what was set first where there would be more than `most`. */
export function keepNewest<Key, Value>(
  kept: Map<Key, Value>,
  { key, value, most }: { readonly key: Key; readonly value: Value; readonly most: number },
): void {
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size >= most) kept.delete(oldest);
  kept.set(key, value);
}
