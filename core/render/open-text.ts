/** Tells whether a text holds a variable of these names, which may be anything once Flux substitutes. */
export function openText(names: readonly string[]): (text: string) => boolean {
  if (names.length === 0) return () => false;
  const known = new Set(names);
  return (text) =>
    [...text.matchAll(/\$\{([A-Za-z_]\w*)/g)].some(([, name = ""]) => known.has(name));
}
