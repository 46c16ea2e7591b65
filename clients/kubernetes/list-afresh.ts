import type { Json } from "../../core/flux/read-json.ts";
import type { Kubernetes } from "./connect.ts";
import { isAbsent, isForbidden } from "./failure.ts";
import { listAll } from "./list-all.ts";
import type { WatchedKind } from "./watch-kind.ts";

/**
 * What a watched kind has now. That there is nothing is believed where the watch knows it too: one
 * answer alone may be odd. @throws HttpError
 */
export async function listAfresh(
  kubernetes: Kubernetes,
  of: {
    readonly watch: WatchedKind<unknown>;
    readonly paths: readonly string[];
    readonly optional: boolean;
  },
): Promise<readonly Json[]> {
  const { watch, paths, optional } = of;
  if (watch.absent()) return listFirst(kubernetes, paths);
  try {
    const { items } = await listAll(kubernetes, watch.path());
    if (items.length > 0 || watch.objects().length === 0) return items;
    return (await listAll(kubernetes, watch.path())).items;
  } catch (error) {
    const isKnown = optional && isForbidden(error) && isForbidden(watch.problem());
    if (isKnown) return [];
    throw error;
  }
}

/** Of the versions of a kind that was not installed when it was looked for. */
async function listFirst(kubernetes: Kubernetes, paths: readonly string[]) {
  for (const path of paths) {
    try {
      return (await listAll(kubernetes, path)).items;
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }
  return [];
}
