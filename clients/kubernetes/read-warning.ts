// Why a pod or a claim is not there yet, where its own status does not say: a volume of the secrets
// store that cannot be mounted, a webhook that refuses a StatefulSet's pods, a storage class that is
// not there. Only events tell, which the connector reads where it may.
import { fitted } from "../../core/fitted.ts";
import { findCondition, readConditions } from "../../core/flux/condition.ts";
import { objectsAt, textAt, type Json } from "../../core/flux/read-json.ts";
import { redacted } from "../../core/health/redacted.ts";
import { HttpError } from "../../core/errors.ts";
import type { Kubernetes } from "./connect.ts";

const longest = 300;
const mostEvents = 50;
const mostOwners = 2;

/** The newest warning about the first of these objects that has one; undefined where none is told. */
export type ReadWarning = (objects: readonly Json[]) => Promise<string | undefined>;

/** @param clock where events are forbidden, they are not asked for again for a while */
export function warningReader(
  kubernetes: Kubernetes,
  clock = () => performance.now(),
): ReadWarning {
  let refusedAt = -Infinity;
  return async (objects) => {
    for (const object of objects.filter(isOpen).slice(0, mostOwners)) {
      if (clock() - refusedAt < refusalLastsMs) return undefined;
      try {
        const found = await readNewest(kubernetes, object);
        if (found !== undefined) return found;
      } catch (error) {
        // No reason is worth a health that is not told.
        if (!(error instanceof HttpError)) throw error;
        if (error.status === 403) refusedAt = clock();
        return undefined;
      }
    }
    return undefined;
  };
}

const refusalLastsMs = 600_000;

async function readNewest(kubernetes: Kubernetes, object: Json): Promise<string | undefined> {
  const uid = textAt(object, "metadata", "uid");
  const namespace = textAt(object, "metadata", "namespace");
  if (uid === undefined || namespace === undefined) return undefined;
  const query = new URLSearchParams({
    fieldSelector: `involvedObject.uid=${uid}`,
    limit: String(mostEvents),
  });
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const list = await kubernetes.call(`${path}?${query.toString()}`);
  // What went on since then is no reason any more; a claim is told again and again that it waits.
  const isClaim = textAt(object, "kind") === "PersistentVolumeClaim";
  const [newest] = objectsAt(list, "items")
    .filter((event) => textAt(event, "involvedObject", "uid") === uid)
    .filter((event) => !isClaim || textAt(event, "type") === "Warning")
    .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
  if (newest === undefined || textAt(newest, "type") !== "Warning") return undefined;
  const message = redacted(fitted(textAt(newest, "message") ?? "", longest));
  return `${textAt(newest, "reason") ?? "Warning"}: ${message}`;
}

function timeOf(event: Json): string {
  return (
    textAt(event, "series", "lastObservedTime") ??
    textAt(event, "lastTimestamp") ??
    textAt(event, "eventTime") ??
    ""
  );
}

// What an earlier event said of a pod that is ready now is over.
function isOpen(object: Json): boolean {
  return findCondition(readConditions(object), "Ready")?.status !== "True";
}
