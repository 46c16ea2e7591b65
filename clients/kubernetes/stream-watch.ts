import type { RequestOptions } from "node:https";
import { HttpError } from "../../core/errors.ts";
import { isObject, textAt } from "../../core/flux/read-json.ts";
import { parsed, refused, unanswered } from "./failure.ts";
import { streamLines } from "./stream-lines.ts";

/** What a watch says; a line that is no event has neither type nor object. */
type WatchEvent = {
  readonly type: string;
  readonly object: unknown;
};

export type WatchOptions = {
  readonly query: Readonly<Record<string, string | number | boolean>> & {
    readonly timeoutSeconds: number;
  };
  readonly onEvent: (event: WatchEvent) => void;
  readonly signal: AbortSignal;
};

/**
 * Resolves when the server ends the watch or `signal` does, rejects when it is refused, broken, or
 * silent beyond its own time.
 */
export async function streamWatch(
  { query, onEvent, signal }: WatchOptions,
  of: {
    readonly server: string;
    readonly path: string;
    readonly signIn: () => Promise<RequestOptions>;
    /** More than the query's own, ms: a connection that nobody closes would look like calm. */
    readonly timeoutMs: number;
  },
): Promise<void> {
  const { server, path, signIn, timeoutMs } = of;
  const url = new URL(server + path);
  for (const [name, value] of Object.entries({ watch: true, ...query })) {
    url.searchParams.set(name, String(value));
  }
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), query.timeoutSeconds * 1000 + timeoutMs);
  timer.unref();
  const either = AbortSignal.any([signal, silence.signal]);
  try {
    const options = { ...(await signIn()), signal: either };
    const answer = await streamLines(url, options, (line) => {
      if (!signal.aborted) onEvent(eventOf(parsed(of, line)));
    });
    if (answer.status !== 200) throw refused(of, answer);
  } catch (error) {
    if (signal.aborted) return;
    if (silence.signal.aborted) throw unanswered(of, new Error("the watch went silent"));
    throw error instanceof HttpError ? error : unanswered(of, error);
  } finally {
    clearTimeout(timer);
  }
}

function eventOf(line: unknown): WatchEvent {
  return { type: textAt(line, "type") ?? "", object: isObject(line) ? line["object"] : undefined };
}
