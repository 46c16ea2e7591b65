// Which Alerts want an event (notification-controller v1.9, internal/server/event_handlers.go).
import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster, type RecordedEvent } from "../cluster.ts";

type EventSource = {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly matchLabels?: Readonly<Record<string, string>>;
};

export type AlertSpec = {
  readonly providerRef: { readonly name: string };
  readonly eventSeverity?: "info" | "error";
  readonly eventSources: readonly EventSource[];
  readonly eventMetadata?: Readonly<Record<string, string>>;
  readonly inclusionList?: readonly string[];
  readonly exclusionList?: readonly string[];
  readonly summary?: string;
  readonly suspend?: boolean;
};

export const alertVersion = "notification.toolkit.fluxcd.io/v1beta3";

export function matchingAlerts(cluster: Cluster, event: RecordedEvent): KubeObject[] {
  const alerts = cluster.api.store.list(kindOf(cluster, alertVersion, "Alert"));
  return alerts.filter((alert) => {
    const spec = alert.spec as AlertSpec;
    const { eventSeverity = "info", inclusionList = [], exclusionList = [] } = spec;
    if (spec.suspend || alert.metadata.deletionTimestamp) return false;
    if (eventSeverity === "error" && event.type === "Normal") return false;
    const says = (pattern: string) => new RegExp(pattern).test(event.message);
    if (inclusionList.length > 0 && !inclusionList.some(says)) return false;
    if (exclusionList.some(says)) return false;
    return spec.eventSources.some((source) => comesFrom(event.object, source, alert));
  });
}

function comesFrom({ kind, metadata }: KubeObject, source: EventSource, alert: KubeObject) {
  if (kind !== source.kind) return false;
  if (metadata.namespace !== (source.namespace ?? alert.metadata.namespace)) return false;
  if (source.name !== "*") return metadata.name === source.name;
  const wanted = Object.entries(source.matchLabels ?? {});
  return wanted.every(([key, value]) => metadata.labels?.[key] === value);
}
