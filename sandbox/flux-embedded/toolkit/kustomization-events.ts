import type { Cluster } from "../cluster.ts";
import type { KustomizationDraft } from "./kustomization-status.ts";
import { conditionOf } from "./status-draft.ts";

type Emitted = {
  readonly type: "Normal" | "Warning";
  readonly message: string;
  readonly revision: string | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
};

/** Records an event; its reason is that of Ready at this moment. */
export function emit(cluster: Cluster, draft: KustomizationDraft, event: Emitted): void {
  const { type, message, revision, metadata = {} } = event;
  const origin = draft.status.lastAppliedOriginRevision;
  cluster.record({
    object: draft.object,
    type,
    reason: conditionOf(draft, "Ready")?.reason ?? (type === "Normal" ? "info" : "error"),
    message,
    controller: "kustomize-controller",
    metadata: {
      ...(revision ? { revision } : {}),
      ...(revision && origin && revision === draft.status.lastAppliedRevision
        ? { originRevision: origin }
        : {}),
      ...metadata,
    },
  });
}
