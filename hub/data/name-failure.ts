import { unreadText } from "../view/unread.ts";
import { reading } from "./read.ts";

/** For what nothing can be shown without: the failure says of what it is. */
export async function nameFailure<T>(what: string, promise: Promise<T>): Promise<T> {
  const read = await reading(promise);
  if ("value" in read) return read.value;
  throw new Error(unreadText(what, read.error), { cause: read.error });
}
