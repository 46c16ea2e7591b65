import { objectName } from "../manifests/object-name.ts";
import { notReadyText } from "../flux/not-ready-text.ts";
import { readiness } from "../flux/readiness.ts";
import type { FluxReference } from "../flux/flux-object.ts";
import { shortRevision } from "../flux/revision.ts";
import { isApplied as hasApplied } from "./applied-helm.ts";
import { rememberFetches } from "./before-x.ts";
import { rememberBegun } from "./begun.ts";
import { buildersOf } from "./builders.ts";
import { decideObserved } from "./decide-observed.ts";
import type { ObserverFacts } from "./observer-word.ts";
import { unreadable } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { concernedObjects } from "./concerned.ts";
import type { Concerned } from "./concerned.ts";
import { failuresIn } from "./failures.ts";
import type { Failure } from "./failures.ts";
import { fromElsewhere } from "./from-elsewhere.ts";
import { releasesToAsk, rememberReleases } from "./helm-values.ts";
import { rememberCompleted } from "./healthy.ts";
import { judgedObjects } from "./judged-objects.ts";
import type { GateMemory } from "./memory.ts";
import { isPresent, objectFindings } from "./object-findings.ts";
import { rememberCharts } from "./source-settled.ts";
import type { Finding, Step } from "./step.ts";
import type { ReleaseToAsk } from "./verdict.ts";
import { holds, waits } from "./step.ts";
import { rememberLooks } from "./inputs-settled.ts";

export type ClusterVerdict = {
  /** In the order of what comes first; the cluster is done when all hold. Never empty. */
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  /** Keys of failures whose clock goes on. */
  readonly recovering: readonly string[];
  readonly notes: readonly string[];
  /** HelmReleases that should be asked to look at what X changed. */
  readonly toAsk: readonly ReleaseToAsk[];
  /** Its own connector has to be asked. */
  readonly ask?: boolean;
  readonly memory: GateMemory;
};

/** Concerned, applied, present, healthy: the rules of the gate in one active cluster. */
export function decideCluster(view: ClusterView, before: GateMemory): ClusterVerdict {
  const { input, cluster } = view;
  if (cluster.silent !== undefined) {
    const step = waits("cluster", `does not answer as it should: ${cluster.silent}`);
    return undecided(before, { subject: clusterText(view), step });
  }
  const all = input.everything === true;
  const isElsewhere = !all && view.changed.length === 0 && (input.changed ?? []).length > 0;
  const nothing = { subject: clusterText(view), step: holds("runs nothing of what changed") };
  // What lies above the environment may reach into clusters whose folders are as they were.
  const mayReach = view.above.length > 0;
  if (isElsewhere && !mayReach) return undecided(before, nothing);
  if (cluster.observer !== undefined) return observed(view, cluster.observer, before);
  const { concerned, missing } = concernedObjects(view);
  if (concerned.length === 0 && isElsewhere) return undecided(before, nothing);
  if (concerned.length === 0) {
    return undecided(before, { subject: clusterText(view), step: nothingConcerned(view) });
  }
  const fetched = rememberBegun(view, rememberFetches(view, before));
  const looked = rememberCharts(view, concerned, rememberLooks(view, concerned, fetched));
  const known = rememberReleases(view, concerned, looked);
  const { live, whole, notes } = judgedObjects(view, known);
  const memory = rememberCompleted(view, live.filter(isPresent), known);
  const { counted, noted, recovering } = failuresIn(view, live, { concerned, memory });
  const applied = [
    ...appliedFindings(view, concerned, memory),
    ...missing.map((one) => notSeen(view, one)),
  ];
  // Before X is applied, where its objects are is no news.
  const isApplied = applied.every(({ step }) => step.ok);
  const objects = isApplied ? objectFindings(view, { live, whole }, memory) : [];
  const accepted = objects.filter((finding) => isAccepted(view, finding));
  const findings = objects.map((finding) =>
    accepted.includes(finding) ? { ...finding, step: holds(finding.step.text) } : finding,
  );
  return {
    findings: [...applied, ...findings],
    failures: counted,
    recovering,
    notes: [...noted, ...notes, ...accepted.map(({ subject, step }) => `${subject}: ${step.text}`)],
    toAsk: releasesToAsk(view, concerned, memory),
    memory,
  };
}

function observed(view: ClusterView, facts: ObserverFacts, memory: GateMemory): ClusterVerdict {
  const { fresh } = view.input;
  const { step, failures, notes, ask } = decideObserved(facts, {
    cluster: view.cluster.name,
    fresh,
  });
  const subject = clusterText(view);
  const texts = failures.map((failure) => ({ ...failure, text: `${subject}: ${failure.text}` }));
  return { ...undecided(memory, { subject, step }), failures: texts, notes, ask };
}

// "applied, health unknown" succeeds only if so configured.
function isAccepted({ input }: ClusterView, { step }: Finding): boolean {
  const unknown = !step.ok && step.waitingFor === "health-unknown";
  return unknown && input.environment.healthUnknownSucceeds;
}

function undecided(memory: GateMemory, finding: Finding): ClusterVerdict {
  return { findings: [finding], failures: [], recovering: [], notes: [], toAsk: [], memory };
}

function clusterText({ cluster }: ClusterView): string {
  return `cluster ${cluster.name}`;
}

function nothingConcerned(view: ClusterView): Step {
  if (view.input.everything === true) return waits("concerned", "nothing of it was found yet");
  const paths = view.changed.map(({ path }) => path);
  if (paths.length + view.above.length === 0) return nothingChanged(view);
  const [builder] = paths.flatMap((path) => buildersOf(view, path));
  const environment = view.input.environment.name;
  const why = builder
    ? `${objectName(builder.like)} builds from it, but is not assigned to the environment (label fluxgate.dev/environment: ${environment})`
    : (fromElsewhere(view, paths)?.text ??
      "no Kustomization on this repository and branch has its folder as path");
  return waits("concerned", `nothing there deploys what changed in ${environment}: ${why}`);
}

// An empty list never satisfies, and no Flux object is to blame for it.
function nothingChanged({ commit, input: { environment } }: ClusterView): Step {
  const text = `${shortRevision(commit)} changed no file in the folder of ${environment.name}, nor in one that its Kustomizations build from`;
  const decides =
    "Decided only where one of them begins to build from what it changed: else cancel the wait, and wait for a commit that changes the environment, or correct the environment's path";
  return waits("concerned", text, decides);
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
      subject: objectName(each.object),
      step: wholeStep(view, each, hasApplied(view, each, memory)),
    }));
}

// With scope environment all of it must be ready, whoever changed it.
function wholeStep(view: ClusterView, { object }: Concerned, applied: Step): Step {
  if (view.input.environment.scope === "delivery" || !applied.ok) return applied;
  const state = readiness(object);
  return state.state === "ready" ? applied : waits("health", `not ready: ${notReadyText(state)}`);
}

function notSeen(view: ClusterView, reference: FluxReference): Finding {
  const why = unreadable(view, reference) ?? "it has not been seen yet";
  return { subject: objectName(reference), step: waits("applied", why) };
}
