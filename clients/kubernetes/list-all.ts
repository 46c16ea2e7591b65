import type { Kubernetes } from "./connect.ts";
import { objectsAt, textAt, type Json } from "../../core/flux/read-json.ts";

const pageSize = 500;

/** All objects of a list's path, with the version to watch from. */
export async function listAll(
  kubernetes: Kubernetes,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly items: readonly Json[]; readonly resourceVersion: string }> {
  const items: Json[] = [];
  let next: string | undefined;
  for (;;) {
    const search = new URLSearchParams({
      ...query,
      limit: String(pageSize),
      ...(next === undefined ? {} : { continue: next }),
    });
    const page = await kubernetes.call(`${path}?${search.toString()}`);
    items.push(...objectsAt(page, "items"));
    next = textAt(page, "metadata", "continue");
    if (next === undefined) {
      return { items, resourceVersion: textAt(page, "metadata", "resourceVersion") ?? "" };
    }
  }
}
