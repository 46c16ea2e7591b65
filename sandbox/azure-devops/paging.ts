import type { Call } from "./route.ts";

/** A number of the query; the default where it is absent or no number. */
export function numberOf(call: Pick<Call, "query">, name: string, otherwise: number): number {
  const text = call.query[name];
  const value = Number(text);
  return text === undefined || text === "" || !Number.isFinite(value) ? otherwise : value;
}

/**
 * The part of a list that `$top` and `continuationToken` (or `$skip`) ask for; the token of the
 * next part, where there is one, stands in the header.
 */
export function continued<T>(
  call: Pick<Call, "query">,
  all: readonly T[],
  tokenOf: (item: T) => string,
): { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const token = call.query["continuationtoken"];
  const found = token === undefined ? 0 : all.findIndex((item) => tokenOf(item) === token);
  const from = (found < 0 ? all.length : found) + numberOf(call, "$skip", 0);
  const top = numberOf(call, "$top", all.length);
  const next = all[from + top];
  return {
    items: all.slice(from, from + top),
    headers: next === undefined ? {} : { "x-ms-continuationtoken": tokenOf(next) },
  };
}
