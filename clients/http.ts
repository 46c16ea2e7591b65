// The one outbound HTTP client, for browsers and Node: time limit, bounded answers, retries that
// honour Retry-After, no secrets in errors. Nothing else calls fetch.
import { HttpError, TimeoutError } from "../core/errors.ts";
import { failureOf, type HttpAnswer } from "./http-failure.ts";
import { monotonicNow } from "./monotonic.ts";
import { readBounded } from "./read-bounded.ts";
import { shownUrl } from "./shown-url.ts";

export type HttpRequest = {
  readonly method: "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as application/json unless `headers` names another content type. */
  readonly json?: unknown;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly timeoutMs?: number;
  /** How large the answer may be; default: the client's own bound. */
  readonly maxBytes?: number;
  /** Default: whether the method is idempotent. `true` for a POST that only reads. */
  readonly retry?: boolean;
  /** Statuses that are answers here, not failures. */
  readonly answers?: readonly number[];
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: Headers;
  bytes(): Uint8Array;
  text(): string;
  json<T>(): T;
};

/** @throws HttpError for every answer outside 200-299, and when no answer came; TimeoutError. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

export type HttpCall = {
  readonly method: string;
  /** First path segment after `_apis`, otherwise the host. */
  readonly area: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly ms: number;
};

export type HttpOptions = {
  /** Value of the Authorization header, asked for before every attempt. */
  readonly authorization?: () => Promise<string | undefined>;
  readonly fetch?: typeof fetch;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly now?: () => number;
  readonly random?: () => number;
  /** Node only: browsers set their own. */
  readonly userAgent?: string;
  readonly onCall?: (call: HttpCall) => void;
  /** Told of the headers of every answer, whatever its status. */
  readonly onAnswer?: (headers: Headers) => void;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly attempts?: number;
};

const idempotent = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
const longestPauseMs = 120_000;

export function createHttp(options: HttpOptions = {}): Http {
  const settings = {
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    sleep: options.sleep ?? ((ms) => new Promise<void>((done) => setTimeout(done, ms))),
    now: options.now ?? monotonicNow,
    random: options.random ?? Math.random,
    timeoutMs: options.timeoutMs ?? 30_000,
    maxBytes: options.maxBytes ?? 3 * 1024 * 1024,
    attempts: options.attempts ?? 5,
    ...options,
  } satisfies HttpOptions;
  // Azure DevOps also sends Retry-After with answers that it merely delayed; heeding it there
  // avoids the refusals that would follow.
  const pause = { until: 0 };

  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const wait = pause.until - settings.now();
      if (wait > 0) await settings.sleep(Math.min(wait, longestPauseMs));
      const outcome = await sendOnce(request, settings);
      if (outcome.retryAfter !== undefined) pause.until = settings.now() + outcome.retryAfter;
      if (outcome.response !== undefined) return outcome.response;
      if (attempt >= settings.attempts || !worthRetrying(request, outcome.error)) {
        throw outcome.error;
      }
      if (outcome.retryAfter === undefined) {
        const step = Math.min(250 * 2 ** (attempt - 1), 10_000);
        await settings.sleep(step * (0.5 + settings.random()));
      }
    }
  };
}

type Settings = Required<Omit<HttpOptions, "authorization" | "userAgent" | "onCall" | "onAnswer">> &
  HttpOptions;
type Outcome =
  | { readonly response: HttpResponse; readonly error?: never; readonly retryAfter?: number }
  | { readonly error: Error; readonly response?: never; readonly retryAfter?: number };

async function sendOnce(request: HttpRequest, settings: Settings): Promise<Outcome> {
  const started = settings.now();
  const timeoutMs = request.timeoutMs ?? settings.timeoutMs;
  const authorization = await settings.authorization?.();
  let status = 0;
  try {
    const answer = await settings.fetch(request.url, {
      method: request.method,
      headers: headersOf(request, { authorization, userAgent: settings.userAgent }),
      body: request.json === undefined ? (request.body ?? null) : JSON.stringify(request.json),
      // A redirect would carry the request to an address that nobody configured.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    settings.onAnswer?.(answer.headers);
    const bytes = await readBounded(answer, request.maxBytes ?? settings.maxBytes);
    const wait = answeredWaitMs(answer.headers);
    const read: HttpAnswer = { status, headers: answer.headers, text: decoded(bytes) };
    const isAnswer = request.answers?.includes(status) ?? false;
    const error = isAnswer ? undefined : failureOf(request, read, wait);
    const retry = wait === undefined ? {} : { retryAfter: wait };
    return error === undefined
      ? { response: responseOf(request, answer, bytes), ...retry }
      : { error, ...retry };
  } catch (error) {
    return { error: unanswered(error, { request, timeoutMs }) };
  } finally {
    const ms = settings.now() - started;
    settings.onCall?.({ method: request.method, area: areaOf(request.url), status, ms });
  }
}

function headersOf(
  request: HttpRequest,
  own: { readonly authorization: string | undefined; readonly userAgent: string | undefined },
): Record<string, string> {
  return {
    Accept: "application/json",
    ...(request.json === undefined ? {} : { "Content-Type": "application/json" }),
    ...(own.authorization === undefined ? {} : { Authorization: own.authorization }),
    ...(own.userAgent === undefined ? {} : { "User-Agent": own.userAgent }),
    ...request.headers,
  };
}

function responseOf(request: HttpRequest, answer: Response, bytes: Uint8Array): HttpResponse {
  const { status, headers } = answer;
  const text = () => decoded(bytes);
  return {
    status,
    headers,
    bytes: () => bytes,
    text,
    json<T>() {
      try {
        return JSON.parse(text()) as T;
      } catch (cause) {
        throw new HttpError(`${request.method} ${shownUrl(request.url)} did not answer with JSON`, {
          code: "not-json",
          status,
          cause,
        });
      }
    },
  };
}

// Some answers of Azure DevOps start with a byte order mark; TextDecoder drops it.
function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function worthRetrying(request: HttpRequest, error: Error): boolean {
  if (request.retry === false) return false;
  // Refused for load: nothing was done, so any method may come again.
  if (error instanceof HttpError && error.status === 429) return true;
  return (request.retry ?? idempotent.has(request.method)) && leavesOpen(error);
}

/** Whether a failure leaves open if the request was carried out: the same may work in a moment. */
export function leavesOpen(error: unknown): boolean {
  if (error instanceof TimeoutError) return true;
  if (!(error instanceof HttpError)) return false;
  const { status, code } = error;
  // A 500 that names its own exception will answer the same again.
  if (status === 500) return code === "http-500";
  return code === "unreachable" || status === 408 || (status > 501 && status < 505);
}

function unanswered(
  error: unknown,
  { request, timeoutMs }: { readonly request: HttpRequest; readonly timeoutMs: number },
): Error {
  if (error instanceof HttpError) return error;
  const what = `${request.method} ${shownUrl(request.url)}`;
  if (error instanceof Error && error.name === "TimeoutError") {
    return new TimeoutError(what, { waitedMs: timeoutMs });
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = cause instanceof Error ? cause.message : String(cause);
  const why = said.replaceAll(request.url, shownUrl(request.url));
  return new HttpError(`Failed to reach ${new URL(request.url).host}: ${why || "no answer"}`, {
    code: "unreachable",
    status: 0,
    hint: "Check the address, the network and the proxy.",
    cause: error,
  });
}

/** How long an answer asks to wait before the next call, ms. */
export function answeredWaitMs(headers: Headers): number | undefined {
  return retryAfterMs(headers) ?? delayMs(headers);
}

function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  // A date is by the service's clock, not by this machine's.
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestPauseMs) : undefined;
}

// What Azure DevOps held this call back for ("Rate and usage limits"): who goes on at the same pace is
// refused next.
function delayMs(headers: Headers): number | undefined {
  const ms = Number(headers.get("x-ratelimit-delay") ?? Number.NaN) * 1000;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestPauseMs) : undefined;
}

function areaOf(url: string): string {
  const { pathname, host } = new URL(url);
  return /\/_apis\/([^/]+)/.exec(pathname)?.[1]?.toLowerCase() ?? host;
}
