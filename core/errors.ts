// The four ways things fail. Match by class or code, never by text.

/** Something a person wrote is wrong; `line` and `column` count from 1. */
export type Problem = {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};

type ErrorOptions = {
  /** Stable; a heading of docs/troubleshooting.md. */
  readonly code?: string;
  /** What the reader should check or do, one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
};

/** Base of the four classes: a message that a user reads, a stable code, and what to do. */
export abstract class FluxgateError extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(message: string, options: ErrorOptions & { readonly code: string }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.hint = options.hint;
  }
}

/** Input that a person can correct: all problems at once. Nothing was done yet. */
export class InputError extends FluxgateError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options: ErrorOptions = {}) {
    super(problems.map(problemText).join("\n"), { code: "invalid-input", ...options });
    this.problems = problems;
  }
}

/** A service answered with an error, or with nothing that can be used. */
export class HttpError extends FluxgateError {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Milliseconds that the service asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    options: ErrorOptions & {
      readonly code: string;
      readonly status: number;
      readonly retryAfter?: number | undefined;
    },
  ) {
    super(message, options);
    this.status = options.status;
    this.retryAfter = options.retryAfter;
  }
}

/** Trying again with the same input cannot help. */
export class TerminalError extends FluxgateError {
  constructor(message: string, options: ErrorOptions & { readonly code: string }) {
    super(message, options);
  }
}

/** Something did not happen within its time; trying again may help. */
export class TimeoutError extends FluxgateError {
  readonly what: string;
  readonly waitedMs: number;

  constructor(what: string, options: ErrorOptions & { readonly waitedMs: number }) {
    super(`${what} did not finish within ${options.waitedMs / 1000} s`, {
      code: "timeout",
      ...options,
    });
    this.what = what;
    this.waitedMs = options.waitedMs;
  }
}

/** `file:line:column: message`, as compilers print it. */
export function problemText({ file, line, column, message }: Problem): string {
  const place = [file, line, line === undefined ? undefined : column].filter(
    (part) => part !== undefined,
  );
  return place.length > 0 ? `${place.join(":")}: ${message}` : message;
}

/** A cause as it reads inside another sentence: no "Error:", no full stop, first letter small. */
export function causeText(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error))
    .replace(/^(\w*Error: )+/, "")
    .replace(/\.$/, "");
  const acronym = /^[A-Z]{2}/.test(text);
  return acronym ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** What a user is shown at the outermost place: message, then what to do. */
export function userMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = error instanceof FluxgateError ? error.hint : undefined;
  return hint ? `${error.message.replace(/\.$/, "")}. ${hint}` : error.message;
}
