import { readiness } from "../flux/readiness.ts";
import type { FluxReference } from "../flux/flux-object.ts";
import { findFlux, sourceBinding } from "../flux/source-binding.ts";
import { isApplied as hasApplied, rememberReleases } from "./applied-helm.ts";
import { isUnder, objectText } from "./cluster-view.ts";
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
  /** Keys of failures whose clock goes on. */
  readonly recovering: readonly string[];
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
  const { counted, noted, recovering } = failuresIn(view, live, { concerned, memory });
  const applied = [...appliedFindings(view, concerned, memory), ...missing.map(notSeen)];
  // Before X is applied, where its objects are is no news.
  const isApplied = applied.every(({ step }) => step.ok);
  const objects = isApplied ? live.flatMap((each) => objectFinding(view, each)) : [];
  const accepted = objects.filter((finding) => isAccepted(view, finding));
  const findings = objects.map((finding) =>
    accepted.includes(finding) ? { ...finding, step: holds(finding.step.text) } : finding,
  );
  const unmapped = live.flatMap((each) =>
    each.state === "unmapped" ? [`${each.path} cannot be mapped: ${each.why}`] : [],
  );
  return {
    findings: [...applied, ...findings],
    failures: counted,
    recovering,
    notes: [
      ...noted,
      ...unmapped,
      ...accepted.map(({ subject, step }) => `${subject}: ${step.text}`),
    ],
    memory,
  };
}

// "applied, health unknown" succeeds only if so configured.
function isAccepted({ input }: ClusterView, { step }: Finding): boolean {
  const unknown = !step.ok && step.waitingFor === "health-unknown";
  return unknown && input.environment.healthUnknownSucceeds;
}

function undecided(memory: GateMemory, finding: Finding): ClusterVerdict {
  return { findings: [finding], failures: [], recovering: [], notes: [], memory };
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
    : (elsewhere(view) ?? "no Kustomization on this repository and branch has its folder as path");
  return waits("concerned", `nothing there deploys what changed in ${environment}: ${why}`);
}

// A Kustomization of the environment that has the folder, but builds it from somewhere else.
function elsewhere(view: ClusterView): string | undefined {
  for (const object of view.members) {
    if (object.kind !== "Kustomization") continue;
    if (!view.changed.some(({ path }) => isUnder(path, object.path))) continue;
    const source = findFlux(view.cluster.flux, object.source);
    const binding = source?.kind === "GitRepository" && sourceBinding(source, view.input);
    if (source && binding && !binding.bound) {
      return `${objectText(object)} has its folder, but its source ${objectText(source)} ${binding.why}`;
    }
  }
  return undefined;
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
    case "present":
      return [{ subject: objectText(live.identity), step: isHealthy(view, live) }];
  }
}
