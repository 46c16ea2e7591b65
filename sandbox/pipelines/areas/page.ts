import type { Call } from "../../azure-devops/route.ts";

/** What `$top` and `continuationToken` ask for; the token of the rest stands in a header. */
export function pageOf<T>(
  { query }: Call,
  all: readonly T[],
  most: number,
): { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const asked = Number(query["$top"] ?? query["top"] ?? most);
  const top = Number.isFinite(asked) && asked > 0 ? Math.min(asked, most) : most;
  const from = Number(query["continuationtoken"] ?? query["$skip"] ?? 0) || 0;
  const more = from + top < all.length;
  return {
    items: all.slice(from, from + top),
    headers: more ? { "x-ms-continuationtoken": String(from + top) } : {},
  };
}
