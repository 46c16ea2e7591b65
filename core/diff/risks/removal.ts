import { valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";
import { lossOf } from "./grave-kinds.ts";

// Others notice when these go.
const relied = new Set([
  ...["Deployment", "DaemonSet", "CronJob", "Service", "Ingress", "HTTPRoute", "Secret"],
  ...["HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy", "HelmRelease"],
  ...["Kustomization", "GitRepository"],
]);

/** Flux deletes what leaves git, unless the object opted out. */
export function removal({ change, before, identity }: ObjectChange): readonly Finding[] {
  if (change !== "removed") return [];
  const prune = annotation(before, "kustomize.toolkit.fluxcd.io/prune");
  if (prune === "disabled") {
    const text = "leaves git but keeps running: its annotation tells Flux not to delete it";
    return [{ severity: "medium", text }];
  }
  const loss = lossOf(identity.kind);
  if (loss !== undefined) {
    return [{ severity: "high", text: `is removed, and Flux deletes it where it prunes: ${loss}` }];
  }
  const noticed = relied.has(identity.kind);
  const text = "is removed, and Flux deletes it where it prunes";
  return noticed ? [{ severity: "medium", text }] : [];
}

function annotation(object: ObjectChange["before"], name: string): unknown {
  const annotations = valueAt(object, "metadata.annotations");
  return (annotations as Readonly<Record<string, unknown>> | undefined)?.[name];
}
