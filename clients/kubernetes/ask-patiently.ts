import { setTimeout } from "node:timers/promises";

// An API server that is busy says so, and when to come again (its priority and fairness): nothing was
// done, so that any call may be repeated.
type Answer = { readonly status: number; readonly retryAfter: string | undefined };

const mostTimes = 4;
const longestPauseMs = 5_000;

/** Asks again where the server asks for it, at most some times; the last answer, whatever it is. */
export async function askPatiently<T extends Answer>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    const answer = await ask();
    const pauseMs = askedPauseMs(answer);
    if (pauseMs === undefined || times === mostTimes) return answer;
    await setTimeout(pauseMs);
  }
}

function askedPauseMs({ status, retryAfter }: Answer): number | undefined {
  if (status !== 429 && !(status === 503 && retryAfter !== undefined)) return undefined;
  // An API server writes seconds; without any it is one.
  const seconds = Number(retryAfter ?? 1);
  return Math.min(Number.isFinite(seconds) ? Math.max(0.1, seconds) * 1000 : 1_000, longestPauseMs);
}
