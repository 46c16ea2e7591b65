/** Remembers what cannot change any more, such as the content of a commit, for one page's life. */
export type Memory = <T>(
  key: readonly string[],
  load: () => Promise<T>,
  /** What is not is loaded again the next time. */
  isWhole?: (value: T) => boolean,
) => Promise<T>;

/** What could not be loaded is not remembered. */
export function createMemory(): Memory {
  const known = new Map<string, Promise<unknown>>();
  return <T>(key: readonly string[], load: () => Promise<T>, isWhole?: (value: T) => boolean) => {
    const name = JSON.stringify(key);
    const found = known.get(name) as Promise<T> | undefined;
    if (found !== undefined) return found;
    const loading = load().then(
      (value) => {
        if (isWhole?.(value) === false) known.delete(name);
        return value;
      },
      (error: unknown) => {
        known.delete(name);
        throw error;
      },
    );
    known.set(name, loading);
    return loading;
  };
}
