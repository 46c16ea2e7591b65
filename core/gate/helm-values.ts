// Values that X changed: helm-controller looks at them at its interval only, and says nothing of
// them. Time alone is no proof that it looked.
import type { FluxApplier, HelmRelease } from "../flux/flux-object.ts";
import { findCondition } from "../flux/condition.ts";
import { holdersFor } from "../flux/flux-index.ts";
import { readiness } from "../flux/readiness.ts";
import { areMadeOfX } from "./before-x.ts";
import { parentsOf } from "./bringers.ts";
import { isChanged } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Concerned } from "./concerned.ts";
import { valuesChanged } from "./concerned.ts";
import { isOfAnother } from "./environment-members.ts";
import type { ClusterFacts } from "./gate-input.ts";
import type { GateMemory } from "./memory.ts";
import { memoryKey } from "./memory.ts";
import { cutShortText } from "./held-by.ts";
import type { Step } from "./step.ts";
import type { ReleaseToAsk } from "./verdict.ts";
import { holds, waits } from "./step.ts";
import { hasBrought } from "./has-brought.ts";

const requestedAt = "reconcile.fluxcd.io/requestedAt";
const resetAt = "reconcile.fluxcd.io/resetAt";

/** Has helm-controller looked at the values since the parents applied X? */
export function valuesSettled(view: ClusterView, concerned: Concerned, memory: GateMemory): Step {
  const { object: release } = concerned;
  if (release.kind !== "HelmRelease" || !valuesChanged(view, release)) return holds("");
  if (isMadeWithThem(view, release, memory)) return holds("");
  const key = memoryKey(view.cluster, release);
  const before = digestBefore(view, concerned, memory);
  if (before !== undefined && before !== digestOf(release)) return holds("");
  const asked = memory.requested[key];
  if (asked !== undefined && isAfter(asked, answerOf(release))) return holds("");
  const text = "nothing proves that it took the changed values";
  const handled = release.lastHandledReconcileAt ?? "";
  const isCutShort = asked !== undefined && isAfter(asked, handled) && resetOf(release) === handled;
  if (isCutShort && readiness(release).state === "ready") {
    return waits("applied", `${text}: ${cutShortText(release)}`);
  }
  const { namespace, name } = release;
  const reset = isToldByRequest(release) ? "" : " --reset";
  return waits(
    "applied",
    `${text}: a new lastAttemptedConfigDigest would, or a reconcile request after them (nudge: true in the connector's configuration, or: flux reconcile helmrelease ${name} -n ${namespace}${reset})`,
  );
}

// helm-controller 1.6 answers a request at the end of each reconciliation, also where it ends before anything
// is looked at, since its HelmChart cannot be applied: that is said in no condition. A reset it answers once it
// has composed the values (internal/action/reset.go).
function isToldByRequest({ chartRef, resets }: HelmRelease): boolean {
  return chartRef !== undefined || !resets;
}

function answerOf(release: HelmRelease): string {
  const { lastHandledReconcileAt = "", lastHandledResetAt = "" } = release;
  return isToldByRequest(release) ? lastHandledReconcileAt : lastHandledResetAt;
}

// Counts where it is of the newest request.
function resetOf({ annotations }: HelmRelease): string {
  const at = annotations[resetAt] ?? "";
  return at === annotations[requestedAt] ? at : "";
}

// X brings the release too, and kustomize-controller applies what it takes before it (ssa/sort.go).
function isMadeWithThem(view: ClusterView, release: HelmRelease, memory: GateMemory): boolean {
  if (!isChanged(view, release)) return false;
  const parents: readonly FluxApplier[] = parentsOf(view, release);
  return release.valuesFrom
    .filter((values) => isChanged(view, values))
    .every((values) => {
      const holders = holdersFor(view.cluster.flux, values);
      return holders.length > 0 && holders.every(isParentWithX);
    });

  function isParentWithX(holder: FluxApplier): boolean {
    if (holder.kind !== "Kustomization" || !parents.includes(holder)) return false;
    return areMadeOfX(view, [release], { source: holder.source, memory });
  }
}

/** Releases whose values X changed and that nobody has asked for a look since. */
export function releasesToAsk(
  view: ClusterView,
  concerned: readonly Concerned[],
  memory: GateMemory,
): readonly ReleaseToAsk[] {
  return concerned.flatMap((each) => {
    const { object, parents } = each;
    if (object.kind !== "HelmRelease" || object.suspended || object.deleting) return [];
    if (![...parents, ...bringersOf(view, each)].every((one) => hasBrought(view, one))) return [];
    if (valuesSettled(view, each, memory).ok) return [];
    const asked = memory.requested[memoryKey(view.cluster, object)];
    // Of what fails it would let Flux try again what it has given up.
    const reset = !isToldByRequest(object) && readiness(object).state === "ready";
    const pending = reset ? resetOf(object) : (object.annotations[requestedAt] ?? "");
    if (asked !== undefined && isAfter(asked, pending)) return [];
    const { kind, namespace, name } = object;
    return [{ kind, namespace, name, reset }];
  });
}

/** Notes the digest while the values are behind X, and the requests that were there when not. */
export function rememberReleases(
  view: ClusterView,
  concerned: readonly Concerned[],
  memory: GateMemory,
): GateMemory {
  let { requested, configDigest, digestWithValues } = memory;
  for (const each of concerned) {
    const { object } = each;
    if (object.kind !== "HelmRelease") continue;
    const key = memoryKey(view.cluster, object);
    if (bringersOf(view, each).every((one) => hasBrought(view, one))) {
      requested = { [key]: requestsOf(object), ...requested };
      if (!isAtWork(object)) digestWithValues = { [key]: digestOf(object), ...digestWithValues };
    } else if (requested[key] === undefined) {
      configDigest = { ...configDigest, [key]: digestOf(object) };
    }
  }
  return { ...memory, requested, configDigest, digestWithValues };
}

// Where X changes the digest by several hands, the first of them may have changed it alone: what it was
// when the last had come tells. So it does where nobody looked before that.
function digestBefore(
  view: ClusterView,
  concerned: Concerned,
  { configDigest, digestWithValues }: GateMemory,
): string | undefined {
  const key = memoryKey(view.cluster, concerned.object);
  const beforeValues = hasOneGiver(view, concerned) ? configDigest[key] : undefined;
  return beforeValues ?? digestWithValues[key];
}

function hasOneGiver(view: ClusterView, each: Concerned): boolean {
  const own = each.own || each.brought ? each.parents : [];
  return new Set([...bringersOf(view, each), ...own]).size <= 1;
}

// The values that it has read may be those of before.
function isAtWork({ conditions }: HelmRelease): boolean {
  const step = findCondition(conditions, "Reconciling");
  return step?.status === "True" && step.reason === "Progressing";
}

// What else of X changes the digest is no proof: the values may come by another Kustomization, later.
function bringersOf(view: ClusterView, { object, parents }: Concerned): readonly FluxApplier[] {
  if (object.kind !== "HelmRelease") return parents;
  const holders = object.valuesFrom
    .filter((values) => isChanged(view, values))
    .flatMap((values) => holdersFor(view.cluster.flux, values));
  return holders.length > 0 ? holders : parents;
}

/** What the environment's releases run while there is no X: keys of the memory → digests. */
export function digestsBefore(
  cluster: ClusterFacts,
  environment: string,
): Readonly<Record<string, string>> {
  const releases = cluster.flux.filter((object) => object.kind === "HelmRelease");
  return Object.fromEntries(
    releases
      .filter((release) => !isOfAnother(environment, release))
      .map((release) => [memoryKey(cluster, release), digestOf(release)]),
  );
}

// Of both, whatever was there then: one that was made before and is handled later proves nothing.
function requestsOf(release: HelmRelease): string {
  const { annotations, lastHandledReconcileAt = "", lastHandledResetAt = "" } = release;
  return [annotations[requestedAt] ?? "", lastHandledReconcileAt, lastHandledResetAt].join("\n");
}

function isAfter(before: string, request: string): boolean {
  return request !== "" && !before.split("\n").includes(request);
}

function digestOf(release: HelmRelease): string {
  return release.lastAttemptedConfigDigest ?? "";
}
