// Kinds that a cluster does not have are looked for again and again. Asked one by one each of their
// versions would cost calls every minute; the server tells of all at once.
import { monotonicNow } from "../monotonic.ts";
import type { Kubernetes } from "./connect.ts";
import { hasResource, partsOf, readResources, readVersions } from "./served.ts";

/** Has the server any of these paths? @throws HttpError while that is not known */
export type AskServed = (paths: readonly string[]) => Promise<boolean>;

// Kinds that are looked for every minute share what was answered to the first of them.
const usualKeepMs = 30_000;

/**
 * Whether kinds are served, by answers that all of them share for a while: one of the server's versions,
 * and one for each version that it has. Good for what is surely not there so far: a kind that comes is
 * seen a little later, and whatever is said to be there is listed then.
 */
export function createAskServed(kubernetes: Kubernetes, keepMs = usualKeepMs): AskServed {
  const told = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();

  function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = told.get(key);
    if (known && monotonicNow() - known.at < keepMs) return known.answer as Promise<T>;
    const one = { at: monotonicNow(), answer: ask() };
    told.set(key, one);
    // A failed answer is not remembered.
    one.answer.catch(() => told.get(key) === one && told.delete(key));
    return one.answer;
  }

  return async (paths) => {
    const versions = await once("", () => readVersions(kubernetes));
    for (const { base, resource } of paths.map(partsOf)) {
      if (!versions.has(base)) continue;
      const resources = await once(base, () => readResources(kubernetes, base));
      if (hasResource(resources, resource)) return true;
    }
    return false;
  };
}
