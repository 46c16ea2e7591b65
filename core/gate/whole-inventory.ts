// All of an inventory is judged where nobody can tell which of its objects X changed.
import type { Identity } from "../manifests/identity.ts";
import { addTo } from "../flux/flux-index.ts";
import type { FluxApplier } from "../flux/flux-object.ts";
import { changedSince } from "./before-x.ts";
import { changedNamed } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isSameObject } from "./inventories.ts";
import type { Present, Whole } from "./inventories.ts";
import type { GateMemory } from "./memory.ts";
import { isOldWord, isRunning } from "./old-word.ts";

/** Every object of what is judged whole. */
export function inventoryOf(
  view: ClusterView,
  { applier }: Whole,
  memory: GateMemory,
): readonly Present[] {
  const isOld = isOldWord(view, applier);
  const all = view.input.everything === true || isOld;
  const touched = all ? undefined : touchedIn(view, applier);
  return applier.inventory
    .filter((identity) => (isOld ? isRunning(identity) : all || !isRemoved(view, identity)))
    .map((identity) => ({
      state: "present",
      identity,
      applier,
      touched:
        touched === undefined ||
        touched.has(identity) ||
        changedSince(view, { identity, applier }, memory) === "yes",
    }));
}

// What X took away may stand there until it is pruned, or for good.
function isRemoved(view: ClusterView, identity: Identity): boolean {
  const same = changedNamed(view, identity).filter((one) => isSameObject(identity, one));
  return same.length > 0 && same.every(({ removed }) => removed);
}

/**
 * A file's object under its own name, or the only one of its type that bears the name with something
 * before or after it: `api` is `dev-api`, where there is no other such.
 */
function touchedIn(view: ClusterView, { inventory }: FluxApplier): ReadonlySet<Identity> {
  const same = new Set<Identity>();
  const alike = new Map<string, Identity[]>();
  for (const entry of inventory) {
    for (const name of namesWithin(entry.name)) {
      const of = changedNamed(view, { kind: entry.kind, name });
      if (!of.some(({ group, removed }) => group === entry.group && !removed)) continue;
      if (name === entry.name) same.add(entry);
      addTo(alike, `${entry.group}/${entry.kind}/${name}`, entry);
    }
  }
  const only = [...alike.values()].flatMap(([entry, ...others]) =>
    entry !== undefined && others.length === 0 ? [entry] : [],
  );
  return new Set([...same, ...only]);
}

// `dev-api-v2` may be `dev`, `api`, `v2`, `dev-api` or `api-v2` with a prefix or suffix.
const mostParts = 8;

function namesWithin(name: string): readonly string[] {
  const parts = name.split("-");
  if (parts.length > mostParts) return [name];
  return parts.flatMap((_, from) =>
    parts.slice(from).map((_, length) => parts.slice(from, from + length + 1).join("-")),
  );
}
