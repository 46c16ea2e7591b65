// Errors on their way out of a worker: copies lose their class, by which they are told apart.
import {
  FluxgateError,
  HttpError,
  InputError,
  type Problem,
  TerminalError,
  TimeoutError,
} from "../../../core/errors.ts";

export type CarriedError = {
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
  /** Of a {@link HttpError}. */
  readonly status?: number;
  /** Of an {@link InputError}. */
  readonly problems?: readonly Problem[];
  /** Of a {@link TimeoutError}. */
  readonly late?: { readonly what: string; readonly waitedMs: number };
};

export function carryError(error: unknown): CarriedError {
  if (!(error instanceof FluxgateError)) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
  const { message, code, hint } = error;
  return {
    ...{ message, code, ...(hint === undefined ? {} : { hint }) },
    ...(error instanceof HttpError ? { status: error.status } : {}),
    ...(error instanceof InputError ? { problems: error.problems } : {}),
    ...(error instanceof TimeoutError ? { late: lateOf(error) } : {}),
  };
}

function lateOf({ what, waitedMs }: TimeoutError): NonNullable<CarriedError["late"]> {
  return { what, waitedMs };
}

export function errorOf({ message, code, hint, status, problems, late }: CarriedError): Error {
  const said = hint === undefined ? {} : { hint };
  if (problems !== undefined) return new InputError(problems, said);
  if (code === undefined) return new Error(message);
  if (late !== undefined) return new TimeoutError(late.what, { ...late, code, ...said });
  if (status !== undefined) return new HttpError(message, { code, status, ...said });
  return new TerminalError(message, { code, ...said });
}
