import type { KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { find } from "./conditions.ts";
import { statusOf } from "./kustomization-status.ts";

type Emitted = {
  readonly type: "Normal" | "Warning";
  readonly message: string;
  readonly revision: string;
  readonly metadata?: Readonly<Record<string, string>>;
};

/** Records an event; its reason is that of Ready at this moment. */
export function emit(cluster: Cluster, object: KubeObject, event: Emitted): void {
  const { type, message, revision, metadata = {} } = event;
  const ready = find(statusOf(cluster, object).conditions ?? [], "Ready");
  cluster.record({
    object,
    type,
    reason: ready?.reason ?? (type === "Normal" ? "info" : "error"),
    message,
    controller: "kustomize-controller",
    metadata: { ...(revision ? { revision } : {}), ...metadata },
  });
}
