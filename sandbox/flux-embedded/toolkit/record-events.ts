import { randomUUID } from "node:crypto";
import { createObject, type Api } from "../api/admit.ts";
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type RecordedEvent } from "../cluster.ts";

/** Keeps controllers' events as Kubernetes Events beside their objects; the same one counts up. */
export function eventRecorder(api: Api): (event: RecordedEvent) => void {
  const kind = kindOf({ api }, "v1", "Event");
  const names = new Map<string, string>();
  return (recorded) => {
    const { object, type, reason, message } = recorded;
    const { namespace = "default", uid } = object.metadata;
    const key = JSON.stringify([uid, type, reason, message]);
    const name = names.get(key);
    const before = name && api.store.get({ kind, namespace, name });
    if (before) {
      const count = Number(before["count"] ?? 1) + 1;
      api.store.update(kind, { ...before, count, lastTimestamp: timestamp() });
      return;
    }
    names.set(key, createObject(api, eventOf(recorded)).metadata.name);
  };
}

function eventOf({ object, type, reason, message, controller, metadata = {} }: RecordedEvent) {
  const { apiVersion, kind } = object;
  const { namespace = "default", name, uid, resourceVersion } = object.metadata;
  const group = apiVersion.split("/")[0] ?? "";
  const annotations = Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [`${group}/${key}`, value]),
  );
  const now = timestamp();
  const event: KubeObject = {
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
  };
  return event;
}
