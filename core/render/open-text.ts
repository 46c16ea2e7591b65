/** Tells whether a text holds a variable of these names, which may be anything once Flux substitutes. */
export function openText(names: readonly string[]): (text: string) => boolean {
  if (names.length === 0) return () => false;
  const known = new Set(names);
  return (text) => variablesIn(text).some((name) => known.has(name));
}

/** Names of the variables that a text holds: `NAME` of `${NAME}`, `${NAME:=default}`. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([A-Za-z_]\w*)/g)].map(([, name = ""]) => name);
}
