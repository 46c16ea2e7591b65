// What is said of the objects that are judged: those of X's files one by one, what is judged whole
// as one, with what of it does not hold.
import { objectName } from "../manifests/object-name.ts";
import type { FluxApplier } from "../flux/flux-object.ts";
import { shortRevision } from "../flux/revision.ts";
import { changedSince, editedByHand, isOfBefore } from "./before-x.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isHealthy } from "./healthy.ts";
import type { LiveObject, Located, Present, Whole } from "./inventories.ts";
import type { GateMemory } from "./memory.ts";
import type { Finding, Step } from "./step.ts";
import { holds, waits } from "./step.ts";

// An inventory may have thousands; the first tell what there is to do.
const mostShown = 10;

export function objectFindings(
  view: ClusterView,
  { live, whole }: Pick<Located, "live" | "whole">,
  memory: GateMemory,
): readonly Finding[] {
  const byApplier = new Map<FluxApplier, Present[]>(whole.map(({ applier }) => [applier, []]));
  const single: Finding[] = [];
  for (const one of live) {
    if (!isPresent(one)) {
      single.push({ subject: objectName(one.identity), step: waits("present", one.why) });
      continue;
    }
    const all = byApplier.get(one.applier);
    if (all === undefined) single.push(findingOf(view, one, memory));
    else all.push(one);
  }
  return [
    ...single,
    ...whole.flatMap((one) =>
      wholeFindings(view, one, { all: byApplier.get(one.applier) ?? [], memory }),
    ),
  ];
}

export function isPresent(live: LiveObject): live is Present {
  return live.state === "present";
}

function findingOf(view: ClusterView, live: Present, memory: GateMemory): Finding {
  const step = asApplied(view, live, isHealthy(view, live, memory));
  const subject = objectName(live.identity);
  return { subject, step: step.ok ? holds(`${step.text}${untaken(view, live, memory)}`) : step };
}

// As well as it may be: it is not what X made of it.
function asApplied(view: ClusterView, live: Present, step: Step): Step {
  const edited = editedByHand(view, live);
  if (!step.ok || edited === undefined || view.input.everything === true) return step;
  const { what, leftBy } = edited;
  const putBack = "Flux puts that back when it next reconciles it";
  if (leftBy !== undefined) {
    return holds(`${step.text}, but ${what}, and may leave that so (${leftBy})`);
  }
  return view.input.settled === true
    ? holds(`${step.text}, but ${what}: ${putBack}`)
    : waits("applied", `${what}: ${putBack}`);
}

// Two clocks are compared: that says something, and holds nobody.
function untaken(view: ClusterView, live: Present, memory: GateMemory): string {
  const { applier, touched } = live;
  const isLeft = touched && applier.kind === "Kustomization" && applier.ignores === true;
  if (!isLeft || changedSince(view, live, memory) !== "no") return "";
  const of = shortRevision(view.commit);
  return `, but Flux has changed nothing of it since ${of} came: what ${of} changed may be among the fields that its Kustomization leaves out (spec.ignore)`;
}

function wholeFindings(
  view: ClusterView,
  { applier, why }: Whole,
  { all, memory }: { readonly all: readonly Present[]; readonly memory: GateMemory },
): readonly Finding[] {
  const subject = objectName(applier);
  const judged = why === "" ? "" : `judged whole, since ${why}: `;
  if (applier.inventory.length === 0)
    return emptyFindings(view, applier, `${judged}its inventory is empty`);
  const findings = all.map((live) => {
    const finding = findingOf(view, live, memory);
    return finding.step.ok
      ? finding
      : { ...finding, step: forgiven(view, live, { step: finding.step, memory }) };
  });
  const open = findings.filter(({ step }) => !step.ok);
  const well = findings.length - open.length;
  return [
    { subject, step: holds(`${judged}${well} of ${findings.length} objects are well`) },
    ...open.slice(0, mostShown),
  ];
}

// What nothing was applied of has nothing that could be unhealthy; of X something should be there.
function emptyFindings(view: ClusterView, applier: FluxApplier, text: string): readonly Finding[] {
  const subject = objectName(applier);
  // Before Flux 2.8 no release says what it applied.
  if (applier.kind === "HelmRelease") {
    const unknown =
      "applied, health unknown: it does not wait for its objects (disableWait), and its inventory is empty";
    return [{ subject, step: waits("health-unknown", unknown) }];
  }
  if (view.input.everything === true) return [{ subject, step: holds(text) }];
  return [{ subject, step: waits("present", `${text}: nothing of it can be judged`) }];
}

// What was failing before X, and X did not touch, holds nobody; where that cannot be told it does.
function forgiven(
  view: ClusterView,
  live: Present,
  {
    step,
    memory,
  }: { readonly step: Exclude<Step, { readonly ok: true }>; readonly memory: GateMemory },
): Step {
  if (live.touched) return step;
  if (isOfBefore(view, live, memory)) {
    return holds(`was so before ${shortRevision(view.commit)} came: ${step.text}`);
  }
  return {
    ...step,
    text: `${step.text} (whether ${shortRevision(view.commit)} changed it cannot be told: it holds the wait until it is well, and never fails it)`,
  };
}
