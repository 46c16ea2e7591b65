/**
 * Remembers answers that never change, at most `limit`, the oldest go first. A failed answer is not
 * kept.
 */
export function remember<T>(limit: number): (key: string, ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, ask) => {
    const found = known.get(key);
    if (found) return found;
    const answer = ask();
    known.set(key, answer);
    answer.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > limit && oldest !== undefined) known.delete(oldest);
    return answer;
  };
}
