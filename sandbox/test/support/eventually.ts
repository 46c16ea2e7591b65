/**
 * Looks until `look` answers something other than undefined, and returns that. Fails at the
 * deadline (default 30 s) with what was being waited for and what was seen last.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  { withinMs = 30_000, everyMs = 50 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let lastError: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`${what} did not come within ${withinMs / 1000} s`, { cause: lastError });
    }
    await new Promise((resume) => setTimeout(resume, everyMs));
  }
}
