import { randomUUID } from "node:crypto";
import { createObject, type Api } from "../api/admit.ts";
import { timestamp } from "../api/kube-object.ts";
import type { RecordedEvent } from "../cluster.ts";

/** Keeps a controller's event as a Kubernetes Event beside its object. */
export function recordEvent(api: Api, recorded: RecordedEvent): void {
  const { object, type, reason, message, controller, metadata = {} } = recorded;
  const { apiVersion, kind } = object;
  const { namespace = "default", name, uid, resourceVersion } = object.metadata;
  const group = apiVersion.split("/")[0] ?? "";
  const annotations = Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [`${group}/${key}`, value]),
  );
  const now = timestamp();
  createObject(api, {
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      name: `${name}.${randomUUID().replaceAll("-", "").slice(0, 16)}`,
      namespace,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    involvedObject: { apiVersion, kind, namespace, name, uid, resourceVersion },
    reason,
    message,
    type,
    source: { component: controller },
    reportingComponent: controller,
    reportingInstance: controller,
    firstTimestamp: now,
    lastTimestamp: now,
    eventTime: null,
    count: 1,
  });
}
