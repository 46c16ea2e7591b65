// What everybody in the organisation may read only where an environment's configuration opted in
// (design.md 4.8): events and last log lines of what is not well.
import { numberAt, objectsAt, textAt } from "../../core/flux/read-json.ts";
import { fitted } from "../../core/fitted.ts";
import { podProblem } from "../../core/health/pod-problem.ts";
import { redacted } from "../../core/health/redacted.ts";
import type { Identity } from "../../core/manifests/identity.ts";
import type { EventFacts, WorkloadDetail } from "../../core/snapshot/workload-detail.ts";
import type { Kubernetes } from "./connect.ts";
import { gapText } from "./gap-text.ts";

export type DetailOptions = {
  readonly events?: boolean;
  /** So many last lines of a container that is not well; 0 or absent: none. */
  readonly logLines?: number;
};

const mostEvents = 10;
const longestLine = 300;

/** Never throws: what cannot be read is a gap. */
export async function readDetails(
  kubernetes: Kubernetes,
  of: DetailOptions & { readonly identity: Identity; readonly pods: readonly unknown[] },
): Promise<{ readonly detail: WorkloadDetail; readonly gaps: readonly string[] }> {
  const { identity, pods, events = false, logLines = 0 } = of;
  const gaps: string[] = [];
  const orGap = async <T>(what: string, read: Promise<T>) =>
    read.catch((error: unknown) => {
      gaps.push(gapText(`${what} in namespace ${identity.namespace}`, error));
      return undefined;
    });
  const troubled = pods.find((pod) => podProblem(pod) !== undefined) ?? pods[0];
  const names = [identity.name, textAt(troubled, "metadata", "name") ?? ""].filter(Boolean);
  const seen = events
    ? await orGap("Events", readEvents(kubernetes, identity.namespace, names))
    : undefined;
  const logs =
    logLines > 0 && troubled !== undefined
      ? await orGap("Logs", readLogs(kubernetes, identity.namespace, { pod: troubled, logLines }))
      : undefined;
  return {
    detail: {
      ...(seen === undefined || seen.length === 0 ? {} : { events: seen }),
      ...(logs === undefined || logs.lines.length === 0 ? {} : { logs }),
    },
    gaps,
  };
}

async function readEvents(
  kubernetes: Kubernetes,
  namespace: string,
  names: readonly string[],
): Promise<readonly EventFacts[]> {
  const lists = await Promise.all(
    names.map((name) => {
      const query = new URLSearchParams({
        fieldSelector: `involvedObject.name=${name}`,
        limit: "100",
      });
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
      return kubernetes.call(`${path}?${query.toString()}`);
    }),
  );
  return lists
    .flatMap((list) => objectsAt(list, "items"))
    .map((event): EventFacts => {
      const at =
        textAt(event, "lastTimestamp") ??
        textAt(event, "eventTime") ??
        textAt(event, "firstTimestamp");
      return {
        type: textAt(event, "type") ?? "",
        reason: textAt(event, "reason") ?? "",
        message: redacted(fitted(textAt(event, "message") ?? "", longestLine)),
        count: numberAt(event, "count") ?? 1,
        ...(at === undefined ? {} : { at }),
      };
    })
    .sort((a, b) => ((a.at ?? "") < (b.at ?? "") ? 1 : -1))
    .slice(0, mostEvents);
}

async function readLogs(
  kubernetes: Kubernetes,
  namespace: string,
  { pod, logLines }: { readonly pod: unknown; readonly logLines: number },
) {
  const { container, previous } = containerOf(pod);
  const query = new URLSearchParams({
    container,
    tailLines: String(logLines),
    limitBytes: String(logLines * longestLine),
    ...(previous ? { previous: "true" } : {}),
  });
  const [folder, name] = [namespace, textAt(pod, "metadata", "name") ?? ""].map(encodeURIComponent);
  const path = `/api/v1/namespaces/${folder}/pods/${name}/log?${query.toString()}`;
  const text = await kubernetes.call(path, { text: true });
  const lines = String(text)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-logLines)
    .map((line) => redacted(fitted(line, longestLine)));
  return { container, lines };
}

// A container that waits to be started again says why it ended in the log before this one.
function containerOf(pod: unknown): { readonly container: string; readonly previous: boolean } {
  const statuses = ["initContainerStatuses", "containerStatuses"].flatMap((list) =>
    objectsAt(pod, "status", list),
  );
  const ill =
    statuses.find((status) => textAt(status, "state", "waiting", "reason") !== undefined) ??
    statuses.find(({ ready }) => ready !== true) ??
    statuses[0];
  return {
    container: textAt(ill, "name") ?? "",
    previous: textAt(ill, "state", "waiting", "reason") === "CrashLoopBackOff",
  };
}
