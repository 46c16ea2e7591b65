/**
 * Says on stderr that something slow has begun; the returned function says how long it took.
 * A line every 15 s shows that it is still alive.
 */
export function progress(what: string): () => void {
  const started = process.hrtime.bigint();
  const seconds = () => Math.round(Number(process.hrtime.bigint() - started) / 1e9);
  console.error(`${what} ...`);
  const alive = setInterval(() => console.error(`${what} ... ${seconds()} s`), 15_000);
  alive.unref();
  return () => {
    clearInterval(alive);
    console.error(`${what}: done in ${seconds()} s`);
  };
}
