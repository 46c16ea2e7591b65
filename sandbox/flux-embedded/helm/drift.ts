// What differs in the cluster from what a release brought: helm-controller's drift detection.
import { applyObject } from "../api/admit.ts";
import { isRecord, sameJson, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { shortName } from "../toolkit/inventory.ts";
import { emit } from "./release-events.ts";
import { manager, marked } from "./release-resources.ts";
import type { ReleaseRequest } from "./release-request.ts";
import type { StoredRelease } from "./release-storage.ts";

type Operations = { additions: number; changes: number; removals: number };

export type Drift = { readonly object: KubeObject; readonly text: string };

/** Objects that are gone or differ, in the words of the controller. */
export function findDrift(
  cluster: Cluster,
  request: ReleaseRequest,
  { objects }: StoredRelease,
): readonly Drift[] {
  return objects.flatMap((stored): readonly Drift[] => {
    const object = marked(stored, request.release);
    const kind = cluster.api.kinds.byKind(object.apiVersion, object.kind);
    const live = kind && cluster.api.store.get({ kind, ...object.metadata });
    if (!live) return [{ object, text: `${shortName(object)} removed` }];
    const wanted = withoutIgnored(object, request.spec.driftDetection?.ignore ?? []);
    const after = applyObject(cluster.api, wanted, { manager, force: true, dryRun: true }).object;
    const { additions, changes, removals } = compare(desired(live), desired(after));
    if (additions + changes + removals === 0) return [];
    const counts = `${additions} additions, ${changes} changes, ${removals} removals`;
    return [{ object: wanted, text: `${shortName(object)} changed (${counts})` }];
  });
}

/** Puts back what has drifted. */
export function correctDrift(
  cluster: Cluster,
  { draft, chart }: ReleaseRequest,
  { drift, release }: { readonly drift: readonly Drift[]; readonly release: string },
): void {
  const lines = drift.map(({ object }) => {
    const { action } = applyObject(cluster.api, object, { manager, force: true });
    return `${shortName(object)} ${action}`;
  });
  const message = `Cluster state of release ${release} has been corrected:\n${lines.join("\n")}`;
  emit(cluster, draft, { type: "Normal", reason: "DriftCorrected", message, chart });
}

type Ignored = NonNullable<NonNullable<ReleaseRequest["spec"]["driftDetection"]>["ignore"]>[number];

function withoutIgnored(object: KubeObject, ignored: readonly Ignored[]): KubeObject {
  const copy = structuredClone(object);
  for (const { paths, target = {} } of ignored) {
    if (target.kind !== undefined && target.kind !== object.kind) continue;
    if (target.name !== undefined && target.name !== object.metadata.name) continue;
    for (const path of paths) removeAt(copy, path.split("/").slice(1));
  }
  return copy;
}

function removeAt(value: unknown, [key = "", ...rest]: readonly string[]): void {
  if (!isRecord(value)) return;
  const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
  if (rest.length === 0) delete value[name];
  else removeAt(value[name], rest);
}

function desired({ metadata, ...rest }: KubeObject): Record<string, unknown> {
  const { labels = {}, annotations = {} } = metadata;
  const fields: Record<string, unknown> = { ...rest, metadata: { labels, annotations } };
  delete fields["status"];
  return fields;
}

// Operations that a JSON patch from the live to the desired object would have.
function compare(live: unknown, wanted: unknown): Operations {
  const total: Operations = { additions: 0, changes: 0, removals: 0 };
  const add = (more: Operations) => {
    total.additions += more.additions;
    total.changes += more.changes;
    total.removals += more.removals;
  };
  if (isRecord(live) && isRecord(wanted)) {
    for (const key of new Set([...Object.keys(live), ...Object.keys(wanted)])) {
      if (!(key in live)) total.additions += 1;
      else if (!(key in wanted)) total.removals += 1;
      else add(compare(live[key], wanted[key]));
    }
  } else if (Array.isArray(live) && Array.isArray(wanted)) {
    const shared = Math.min(live.length, wanted.length);
    for (let at = 0; at < shared; at += 1) add(compare(live[at], wanted[at]));
    total.additions += wanted.length - shared;
    total.removals += live.length - shared;
  } else if (!sameJson(live, wanted)) total.changes += 1;
  return total;
}
