import { HttpError } from "../../core/errors.ts";

/** What could be read, or why it could not. */
export type Read<T> = { readonly value: T } | { readonly error: unknown };

/** What cannot be read of one thing is said there, and takes no other along. */
export async function reading<T>(promise: Promise<T>): Promise<Read<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** Undefined: it could not be. */
export function valueOf<T>(read: Read<T>): T | undefined {
  return "value" in read ? read.value : undefined;
}

/** Undefined where it is not there, or not for this viewer: the service tells the two no better apart. */
export async function takeVisible<T>(promise: Promise<T>): Promise<T | undefined> {
  const read = await reading(promise);
  if ("value" in read) return read.value;
  const isHidden = read.error instanceof HttpError && [403, 404].includes(read.error.status);
  if (isHidden) return undefined;
  throw read.error;
}
