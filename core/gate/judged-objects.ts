// Which objects of a cluster are judged for X: those of changed files, and all of what is judged
// whole.
import type { ClusterView } from "./cluster-view.ts";
import { concernedObjects } from "./concerned.ts";
import type { Concerned } from "./concerned.ts";
import { healthKey } from "./health-key.ts";
import { isOldWord } from "./old-word.ts";
import type { LiveObject, Located, Whole } from "./inventories.ts";
import type { GateMemory } from "./memory.ts";
import { locatedChanges } from "./reached.ts";
import { inventoryOf } from "./whole-inventory.ts";

/** Where they are, by the inventories of all that runs the environment; each once. */
export function judgedObjects(view: ClusterView, memory: GateMemory): Located {
  const { concerned } = concernedObjects(view);
  const everything = view.input.everything === true;
  const located = everything ? { live: [], whole: [], notes: [] } : locatedChanges(view);
  const known = new Set(located.whole.map(({ applier }) => applier));
  const whole = [
    ...located.whole,
    ...concerned.flatMap((each) => (known.has(each.object) ? [] : ownWhole(view, each))),
  ];
  const live = [...located.live, ...whole.flatMap((one) => inventoryOf(view, one, memory))];
  return { whole, notes: located.notes, live: unrepeated(live) };
}

function ownWhole(view: ClusterView, concerned: Concerned): readonly Whole[] {
  const { object, own, brought, touched } = concerned;
  if (object.kind === "Kustomization") {
    if (view.input.everything === true) return [{ applier: object, why: "" }];
    if (own) return [{ applier: object, why: "its own manifest changed" }];
    const why = "what brings it may have made another of it";
    return brought ? [{ applier: object, why }] : [];
  }
  if (touched && object.disableWait) {
    return [{ applier: object, why: "it does not wait for its objects (disableWait)" }];
  }
  // Otherwise its Ready covers them, as they were after its last upgrade.
  return touched && isOldWord(view, object) ? [{ applier: object, why: "" }] : [];
}

// One that a file of X made is that, whatever else it is part of.
function unrepeated(live: readonly LiveObject[]): readonly LiveObject[] {
  const seen = new Map<string, LiveObject>();
  for (const one of live) {
    const key =
      one.state === "present"
        ? healthKey(one.applier, one.identity)
        : `${one.state} ${one.identity.kind}/${one.identity.namespace}/${one.identity.name}`;
    const before = seen.get(key);
    if (before === undefined || (isTouched(one) && !isTouched(before))) seen.set(key, one);
  }
  return [...seen.values()];
}

function isTouched(one: LiveObject): boolean {
  return one.state === "present" && one.touched;
}
