// Whether how a Kustomization ended is of its spec as it is now. kustomize-controller says of what it
// writes the generation that is there then, whichever it began with (fluxcd/pkg runtime/patch), and
// `observedGeneration` stands still while it fails. When it begins it says Unknown, once: that is the
// generation it works on. So what may have been under way when the spec changed proves nothing.
import { findCondition } from "../flux/condition.ts";
import { fluxIndex } from "../flux/flux-index.ts";
import type { Kustomization } from "../flux/flux-object.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound } from "./cluster-view.ts";
import type { Begun, GateMemory } from "./memory.ts";
import { memoryKey } from "./memory.ts";

/** Is what it says of an attempt that began with this spec? */
export function isOfThisSpec(view: ClusterView, k: Kustomization): boolean {
  const { generation, observedGeneration, conditions } = k;
  // Before the first there was none.
  if (observedGeneration >= generation || generation <= 1) return true;
  // That is said before anything is begun.
  if (findCondition(conditions, "Stalled")?.status === "True") return true;
  const ready = findCondition(conditions, "Ready");
  if (ready?.status === "Unknown") return (ready.observedGeneration ?? 0) >= generation;
  if (isBegunSince(k)) return true;
  return isBegun(noteOf(k, view.input.memory.begun[memoryKey(view.cluster, k)]), generation);
}

// Two clocks of one cluster: whoever began so much later began with what was there.
const furthestApartMs = 60_000;

// What comes after that attempt began later still.
function isBegunSince({ begunAt, specAt }: Kustomization): boolean {
  return begunAt !== undefined && specAt !== undefined && begunAt - specAt >= furthestApartMs;
}

/** Notes which were seen idle, or at work, with the spec that they have now. */
export function rememberBegun(view: ClusterView, memory: GateMemory): GateMemory {
  const noted: Record<string, Begun> = {};
  for (const k of fluxIndex(view.cluster.flux).kustomizations) {
    if (k.observedGeneration >= k.generation || !isBound(view, k)) continue;
    const key = memoryKey(view.cluster, k);
    const note = noteOf(k, memory.begun[key]);
    if (note !== undefined) noted[key] = note;
  }
  return { ...memory, begun: { ...memory.begun, ...noted } };
}

function noteOf(k: Kustomization, before: Begun | undefined): Begun | undefined {
  const { generation, conditions } = k;
  if (isBegun(before, generation)) return before;
  const ready = findCondition(conditions, "Ready");
  const at = ready?.observedGeneration ?? 0;
  if (ready?.status === "Unknown") return at >= generation ? { generation } : before;
  if (at < generation) return { generation };
  const ended = ready?.lastTransitionTime ?? "";
  // Two ends of one generation: the second has begun with it.
  const isSecond = before?.generation === generation && before.ended !== ended;
  return isSecond ? { generation } : { generation, ended };
}

function isBegun(note: Begun | undefined, generation: number): boolean {
  return note?.generation === generation && note.ended === undefined;
}
