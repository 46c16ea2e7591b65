/** What is found out about an object or a list, once for each, and kept for as long as that is. */
export function onceFor<K extends object, T>(find: (key: K) => T): (key: K) => T {
  const found = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const known = found.get(key) ?? { value: find(key) };
    found.set(key, known);
    return known.value;
  };
}
