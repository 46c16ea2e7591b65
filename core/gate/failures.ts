// Which failures count, and which are only said (design.md 4.6, "Failed").
import { commitOf } from "../flux/revision.ts";
import { isNamed, namedObjects } from "../flux/named-objects.ts";
import { readiness } from "../flux/readiness.ts";
import type { Readiness } from "../flux/readiness.ts";
import { identityKey } from "../manifests/identity.ts";
import { hasAttempted } from "./applied-helm.ts";
import { objectsApplied } from "./applied.ts";
import { containsCommit, isBound, objectText } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { changedIdentities } from "./concerned.ts";
import type { Concerned } from "./concerned.ts";
import { failureText, healthOf, needsHealth } from "./healthy.ts";
import type { Present } from "./healthy.ts";
import type { GateMemory } from "./memory.ts";
import type { LiveObject } from "./live-objects.ts";

export type Failure = {
  /** Of the memory: cluster and object. */
  readonly key: string;
  readonly patience: "none" | "grace";
  readonly text: string;
};

type Failing = Extract<Readiness, { readonly state: "failing" }>;

/** What fails in a cluster: `counted` by X, `noted` because it is not of X. */
export function failuresIn(
  view: ClusterView,
  {
    concerned,
    live,
  }: { readonly concerned: readonly Concerned[]; readonly live: readonly LiveObject[] },
  memory: GateMemory,
): { readonly counted: readonly Failure[]; readonly noted: readonly string[] } {
  const counted: Failure[] = [];
  const noted: string[] = [];
  for (const each of concerned) {
    const state = readiness(each.object);
    if (state.state !== "failing") continue;
    const text = `${objectText(each.object)}: ${withReason(state)}`;
    if (counts(view, each, { state, memory })) {
      const { kind, namespace, name } = each.object;
      const key = `${view.cluster.name}|${kind}/${namespace}/${name}`;
      counted.push({ key, patience: state.patience, text });
    } else noted.push(`${text} (not of what changed here)`);
  }
  for (const each of live) {
    if (each.state !== "present" || !needsHealth(each)) continue;
    const health = healthOf(view, each.identity);
    if (health?.state !== "failed" || !isOfX(view, each, { concerned, memory })) continue;
    counted.push({
      key: `${view.cluster.name}|${identityKey(each.identity)}`,
      patience: "grace",
      text: `${objectText(each.identity)}: ${failureText(health)}`,
    });
  }
  return { counted, noted };
}

function counts(
  view: ClusterView,
  concerned: Concerned,
  { state, memory }: { readonly state: Failing; readonly memory: GateMemory },
): boolean {
  const { object, touched } = concerned;
  if (!touched) return false;
  if (!isBound(view, object)) return hasAttempted(view, concerned, memory).ok;
  if (containsCommit(view, object.lastAttemptedRevision) !== "yes") return false;
  const named = namesChange(view, state.cause);
  // All of the revision is in the cluster: what changed is judged by its own health.
  if (state.reason === "HealthCheckFailed") return named;
  return named || commitOf(object.lastAttemptedRevision) === view.commit;
}

/** Does a controller's message name an object that changed? */
function namesChange(view: ClusterView, cause: string): boolean {
  const changed = changedIdentities(view);
  return namedObjects(cause).some((named) => changed.some((identity) => isNamed(named, identity)));
}

// The object in the cluster is what X made of it, not what was there before.
function isOfX(
  view: ClusterView,
  { applier }: Present,
  { concerned, memory }: { readonly concerned: readonly Concerned[]; readonly memory: GateMemory },
): boolean {
  if (isBound(view, applier)) return objectsApplied(view, applier);
  const known = concerned.find(({ object }) => object === applier);
  return known !== undefined && hasAttempted(view, known, memory).ok;
}

function withReason({ reason, cause }: Failing): string {
  return reason === "" || cause.includes(reason) ? cause : `${reason}: ${cause}`;
}
