import type { Kubernetes } from "./connect.ts";
import { textAt, type Json } from "../../core/flux/read-json.ts";
import { itemsOf, oddDocument } from "./odd-document.ts";

const pageSize = 500;
const mostPages = 1_000;

/** All objects of a list's path, with the version to watch from. @throws HttpError */
export async function listAll(
  kubernetes: Kubernetes,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly items: readonly Json[]; readonly resourceVersion: string }> {
  const items: Json[] = [];
  const seen = new Set<string>();
  let next: string | undefined;
  for (;;) {
    const search = new URLSearchParams({
      ...query,
      limit: String(pageSize),
      ...(next === undefined ? {} : { continue: next }),
    });
    const page = await kubernetes.call(`${path}?${search.toString()}`);
    const found = itemsOf(page);
    if (found === undefined) throw oddDocument(kubernetes.server, path, "no list");
    items.push(...found);
    next = textAt(page, "metadata", "continue");
    if (next !== undefined && (seen.has(next) || seen.size >= mostPages)) {
      throw oddDocument(kubernetes.server, path, "a list that has no end");
    }
    if (next === undefined) {
      return { items, resourceVersion: textAt(page, "metadata", "resourceVersion") ?? "" };
    }
    seen.add(next);
  }
}
