/** What could be read, or why it could not. */
export type Read<T> = { readonly value: T } | { readonly error: unknown };

/** What cannot be read of one thing is said there, and takes no other along. */
export async function reading<T>(promise: Promise<T>): Promise<Read<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
