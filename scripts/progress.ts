/**
 * Says on stderr that something slow has begun; the returned function says how long it took, and
 * that it failed where it is told why.
 * A line every 15 s shows that it is still alive.
 */
export function progress(what: string): (failure?: string) => void {
  const { seconds, end } = begin(what);
  return (failure) => {
    end();
    const ended = failure === undefined ? "done in" : `failed (${failure}) after`;
    console.error(`${what}: ${ended} ${seconds()} s`);
  };
}

/** The same around an act that may fail, after which the process goes on: then nothing is done. */
export async function showProgress<T>(what: string, act: () => T | Promise<T>): Promise<T> {
  const { seconds, end } = begin(what);
  try {
    const result = await act();
    console.error(`${what}: done in ${seconds()} s`);
    return result;
  } finally {
    end();
  }
}

function begin(what: string): { readonly seconds: () => number; readonly end: () => void } {
  const started = process.hrtime.bigint();
  const seconds = () => Math.round(Number(process.hrtime.bigint() - started) / 1e9);
  console.error(`${what} ...`);
  const alive = setInterval(() => console.error(`${what} ... ${seconds()} s`), 15_000);
  alive.unref();
  return { seconds, end: () => clearInterval(alive) };
}
