/** A whole number of a property; what is none counts as if it were not there. */
export function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : undefined;
}

/** The same as a progress: 0 to 100, whatever was said. */
export function percentOf(text: string | undefined): number | undefined {
  const value = wholeOf(text);
  return value === undefined ? undefined : Math.min(Math.max(value, 0), 100);
}
