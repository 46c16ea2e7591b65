import type { Kubernetes } from "./connect.ts";
import { isAbsent } from "./failure.ts";
import { listAll } from "./list-all.ts";
import { contradiction, askWhetherServed } from "./served.ts";

/**
 * Lists the first of the paths that the server has.
 * @throws HttpError 404 when it surely has none of them
 */
export async function listServed(kubernetes: Kubernetes, paths: readonly string[]) {
  let none: unknown = new Error("a kind without a path");
  for (const path of paths) {
    try {
      return { path, ...(await listTwiceIfEmpty(kubernetes, path)) };
    } catch (error) {
      if (!isAbsent(error)) throw error;
      if (await askWhetherServed(kubernetes, path)) throw contradiction(kubernetes, path);
      none = error;
    }
  }
  throw none;
}

// One empty list is no proof that there is nothing.
async function listTwiceIfEmpty(kubernetes: Kubernetes, path: string) {
  const found = await listAll(kubernetes, path);
  return found.items.length > 0 ? found : listAll(kubernetes, path);
}
