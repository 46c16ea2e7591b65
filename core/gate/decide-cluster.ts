import { readiness } from "../flux/readiness.ts";
import type { FluxReference } from "../flux/flux-object.ts";
import { isApplied as hasApplied, rememberReleases } from "./applied-helm.ts";
import { objectText } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { concernedObjects } from "./concerned.ts";
import type { Concerned } from "./concerned.ts";
import { failuresIn } from "./failures.ts";
import type { Failure } from "./failures.ts";
import { isHealthy } from "./healthy.ts";
import { buildersOf } from "./live-objects.ts";
import type { LiveObject } from "./live-objects.ts";
import type { GateMemory } from "./memory.ts";
import { locatedObjects } from "./observe.ts";
import type { Step } from "./step.ts";
import { holds, waits } from "./step.ts";

/** One thing that was looked at, and what it says. */
export type Finding = { readonly subject: string; readonly step: Step };

export type ClusterVerdict = {
  /** In the order of what comes first; the cluster is done when all hold. Never empty. */
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
  readonly memory: GateMemory;
};

/** Concerned, applied, present, healthy: the rules of the gate in one active cluster. */
export function decideCluster(view: ClusterView, before: GateMemory): ClusterVerdict {
  const { input, cluster } = view;
  if (cluster.silent !== undefined) {
    const step = waits("cluster", `does not answer: ${cluster.silent}`);
    return undecided(before, { subject: clusterText(view), step });
  }
  if (view.changed.length === 0 && (input.changed ?? []).length > 0) {
    const step = holds("runs nothing of what changed");
    return undecided(before, { subject: clusterText(view), step });
  }
  const { concerned, missing } = concernedObjects(view);
  if (concerned.length === 0) {
    return undecided(before, { subject: clusterText(view), step: nothingConcerned(view) });
  }
  const memory = rememberReleases(view, concerned, before);
  const live = locatedObjects(view);
  const { counted, noted } = failuresIn(view, { concerned, live }, memory);
  const applied = [...appliedFindings(view, concerned, memory), ...missing.map(notSeen)];
  // Before X is applied, where its objects are is no news.
  const isApplied = applied.every(({ step }) => step.ok);
  const objects = live.flatMap((each) => objectFinding(view, each));
  const findings = [...applied, ...(isApplied ? objects : [])];
  const unmapped = live.flatMap((each) =>
    each.state === "unmapped" ? [`${each.path} cannot be mapped: ${each.why}`] : [],
  );
  const unknown = findings.flatMap(({ subject, step }) =>
    step.ok && step.text.includes("health unknown") ? [`${subject}: ${step.text}`] : [],
  );
  return { findings, failures: counted, notes: [...noted, ...unmapped, ...unknown], memory };
}

function undecided(memory: GateMemory, finding: Finding): ClusterVerdict {
  return { findings: [finding], failures: [], notes: [], memory };
}

function clusterText({ cluster }: ClusterView): string {
  return `cluster ${cluster.name}`;
}

function nothingConcerned(view: ClusterView): Step {
  const everything = view.cluster.flux.filter(
    (object) => object.kind === "Kustomization" || object.kind === "HelmRelease",
  );
  const builders = view.changed.flatMap((file) => buildersOf(view, file, everything));
  const [builder] = builders;
  const environment = view.input.environment.name;
  const why = builder
    ? `${objectText(builder)} builds from it, but is not assigned to the environment (label fluxgate.dev/environment: ${environment})`
    : "no Kustomization on this repository and branch has its folder as path";
  return waits("concerned", `nothing there deploys what changed in ${environment}: ${why}`);
}

// What an inventory only led to is looked at, and never holds the run.
function appliedFindings(
  view: ClusterView,
  concerned: readonly Concerned[],
  memory: GateMemory,
): readonly Finding[] {
  return concerned
    .filter(({ touched }) => touched)
    .map((each) => ({
      subject: objectText(each.object),
      step: wholeStep(view, each, hasApplied(view, each, memory)),
    }));
}

// With scope environment all of it must be ready, whoever changed it.
function wholeStep(view: ClusterView, { object }: Concerned, applied: Step): Step {
  if (view.input.environment.scope === "delivery" || !applied.ok) return applied;
  const state = readiness(object);
  return state.state === "ready" ? applied : waits("health", `not ready: ${causeOf(state)}`);
}

function causeOf(state: { readonly state: string; readonly cause?: string }): string {
  return state.cause ?? state.state;
}

function notSeen(reference: FluxReference): Finding {
  return { subject: objectText(reference), step: waits("applied", "it has not been seen yet") };
}

function objectFinding(view: ClusterView, live: LiveObject): readonly Finding[] {
  switch (live.state) {
    case "unmapped":
      return [];
    case "absent": {
      const step = waits("present", "no inventory of the environment holds it yet");
      return [{ subject: objectText(live.identity), step }];
    }
    case "present": {
      const step = isHealthy(view, live);
      const accepted =
        !step.ok &&
        step.waitingFor === "health-unknown" &&
        view.input.environment.healthUnknownSucceeds;
      return [{ subject: objectText(live.identity), step: accepted ? holds(step.text) : step }];
    }
  }
}
