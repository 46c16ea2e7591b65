import { isAutomation } from "../../../core/flux/automations.ts";
import type { EnvironmentSnapshot } from "../../../core/environment-snapshot.ts";
import { type FreezeState, freezeText, holdsBack } from "../../../core/freeze/freeze.ts";
import { holdText } from "../../../core/rollback/hold.ts";
import type { TargetState } from "../../data/load-target-state.ts";
import { clusterView } from "../cluster-view.ts";
import type { ContextDetail, ContextLine } from "./context-line.ts";

type Finding = { readonly tone: "bad" | "warning" | "running"; readonly text: string };

/** Whether the environment could take the change right now: everything that speaks against it. */
export function targetLine(
  { verdict, snapshots, hold, freeze }: TargetState,
  { environment, now }: { readonly environment: string; readonly now: number },
): Omit<ContextLine, "label"> {
  const active = snapshots.filter((one) => one.active);
  const found: readonly Finding[] = [
    ...frozenFinding(freeze, environment),
    ...heldFinding(hold),
    ...(verdict?.state === "failed"
      ? [{ tone: "bad", text: `what is there now failed: ${verdict.text}` } as const]
      : []),
    ...(verdict?.state === "pending"
      ? [{ tone: "running", text: `another rollout goes on: ${verdict.text}` } as const]
      : []),
    ...active.flatMap((one) => clusterFindings(one, now)),
  ];
  const more = found.map(({ text }): ContextDetail => ({ text }));
  const [first] = [...found].sort((a, b) => order[a.tone] - order[b.tone]);
  if (first !== undefined) {
    const left = found.length - 1;
    const text = `${environment}: ${first.text}${left === 0 ? "" : ` (and ${left} more)`}`;
    return { tone: first.tone, text, more: left === 0 ? [] : more };
  }
  if (active.length === 0) {
    const text = `Not known: no connector reports on a cluster of ${environment}.`;
    return { tone: "warning", text, more: [] };
  }
  const names = active.map(({ cluster }) => cluster).join(", ");
  return {
    tone: verdict === undefined ? "plain" : "good",
    text:
      verdict === undefined
        ? `Nothing speaks against it in ${names}; what is there now was never judged.`
        : `Ready: ${names} seen lately, nothing suspended or failing, what is there is healthy.`,
    more: [],
  };
}

const order = { bad: 0, warning: 1, running: 2 } as const;

function heldFinding(hold: TargetState["hold"]): readonly Finding[] {
  if (hold === undefined) return [];
  return [{ tone: "bad", text: "problem" in hold ? hold.problem : holdText(hold) }];
}

function frozenFinding(freeze: FreezeState, environment: string): readonly Finding[] {
  const text = freezeText(freeze, environment);
  if (text === undefined) return [];
  return [{ tone: holdsBack(freeze) ? "bad" : "warning", text }];
}

function clusterFindings(snapshot: EnvironmentSnapshot, now: number): readonly Finding[] {
  const view = clusterView(snapshot, now);
  if (!view.current) return [{ tone: "warning", text: `cluster ${view.name} ${view.text}` }];
  const where = `in ${snapshot.cluster}`;
  return snapshot.objects.flatMap(({ kind, namespace, name, phase, cause }): readonly Finding[] => {
    const what = `${kind} ${namespace}/${name} ${where}`;
    const why = cause === "" ? "" : ` (${cause})`;
    if (isAutomation(kind)) return automationFinding(phase, `${what} is ${phase}${why}`);
    switch (phase) {
      case "suspended":
        return [{ tone: "bad", text: `${what} is suspended, so nothing is applied${why}` }];
      case "failing":
      case "stalled":
        return [{ tone: "bad", text: `${what} is ${phase}${why}` }];
      case "waiting":
      case "reconciling":
        return [{ tone: "running", text: `${what} is ${phase}${why}` }];
      case "in-sync":
      case "behind":
      case "unknown":
        return [];
    }
  });
}

// Nothing that is applied hangs on it.
function automationFinding(phase: string, text: string): readonly Finding[] {
  if (!["suspended", "failing", "stalled"].includes(phase)) return [];
  return [{ tone: "warning", text: `${text}: new images are not written to git by it` }];
}
