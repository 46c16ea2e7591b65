// What was there before X: failing then, and not changed by Flux since. Compared are times of one
// cluster with one another, never with this machine's.
import { fluxIndex } from "../flux/flux-index.ts";
import type { FluxApplier, FluxObject, FluxReference } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { commitOf } from "../flux/revision.ts";
import type { Identity } from "../manifests/identity.ts";
import type { ClusterView } from "./cluster-view.ts";
import { containsCommit } from "./cluster-view.ts";
import type { ObjectHistory } from "../health/object-history.ts";
import type { Answer } from "./gate-input.ts";
import { healthKey } from "./health-key.ts";
import type { GateMemory } from "./memory.ts";
import { memoryKey } from "./memory.ts";

type Held = { readonly identity: Identity; readonly applier: FluxApplier };

/** Has kustomize-controller changed the object since X was fetched? */
export function changedSince(view: ClusterView, held: Held, memory: GateMemory): Answer {
  if (view.cluster.history === undefined) return "unknown";
  const { appliedAt } = historyOf(view, held);
  const fetched = fetchedAt(view, held.applier, memory);
  if (appliedAt === undefined || fetched === undefined) return "unknown";
  return appliedAt < fetched ? "no" : "yes";
}

/** Is it as it was before X came: its conditions, and what Flux applied? */
export function isOfBefore(view: ClusterView, held: Held, memory: GateMemory): boolean {
  const { conditionsAt } = historyOf(view, held);
  const fetched = fetchedAt(view, held.applier, memory);
  return (
    changedSince(view, held, memory) === "no" &&
    conditionsAt !== undefined &&
    fetched !== undefined &&
    conditionsAt < fetched
  );
}

/** The annotation by which Flux did not apply what X changed of it; undefined where it did. */
export function leftAlone(view: ClusterView, held: Held, memory: GateMemory): string | undefined {
  const { leftAlone: annotation } = historyOf(view, held);
  // What X made afresh is as X has it.
  return changedSince(view, held, memory) === "yes" ? undefined : annotation;
}

/** What somebody has changed of it by hand since kustomize-controller applied it, and why Flux may leave it so. */
export function editedByHand(
  view: ClusterView,
  held: Held,
): { readonly what: string; readonly leftBy: string | undefined } | undefined {
  const { edited, leftAlone: annotation } = historyOf(view, held);
  const { applier } = held;
  if (edited === undefined || applier.kind !== "Kustomization") return undefined;
  const what = `${edited.by} has changed ${edited.fields.join(", ")} since Flux applied it`;
  const ignored = applier.ignores === true ? "spec.ignore of its Kustomization" : undefined;
  return { what, leftBy: annotation ?? ignored };
}

function historyOf({ cluster: { history = {} } }: ClusterView, held: Held): ObjectHistory {
  const key = healthKey(held.applier, held.identity);
  return (Object.hasOwn(history, key) ? history[key] : undefined) ?? {};
}

function fetchedAt(
  view: ClusterView,
  applier: FluxApplier,
  { fetched }: GateMemory,
): number | undefined {
  if (applier.kind !== "Kustomization") return undefined;
  return fetched[memoryKey(view.cluster, applier.source)];
}

/**
 * Were objects made when their source had X already? Times are to the second: what was made in the one in
 * which X came was made of X, unless X found it there.
 */
export function areMadeOfX(
  view: ClusterView,
  objects: readonly Pick<FluxObject, "createdAt">[],
  of: { readonly source: FluxReference; readonly memory: GateMemory },
): boolean {
  const source = fluxIndex(view.cluster.flux).byKey.get(fluxKey(of.source));
  if (source?.kind !== "GitRepository") return false;
  if (containsCommit(view, source.artifactRevision) !== "yes") return false;
  const stored = Date.parse(source.artifactStoredAt ?? "");
  const fetched = of.memory.fetched[memoryKey(view.cluster, of.source)] ?? stored;
  return objects.every(({ createdAt }) => createdAt !== undefined && createdAt >= fetched);
}

/** Notes when each source stored X; the artefact of a newer commit does not tell. */
export function rememberFetches(view: ClusterView, memory: GateMemory): GateMemory {
  let { fetched } = memory;
  for (const key of view.boundSources) {
    const source = fluxIndex(view.cluster.flux).byKey.get(key);
    if (source?.kind !== "GitRepository" || commitOf(source.artifactRevision) !== view.commit) {
      continue;
    }
    const at = Date.parse(source.artifactStoredAt ?? "");
    const name = `${view.cluster.name}|${key}`;
    if (Number.isFinite(at)) fetched = { ...fetched, [name]: Math.min(at, fetched[name] ?? at) };
  }
  return { ...memory, fetched };
}
