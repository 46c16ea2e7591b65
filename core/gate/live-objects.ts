// "present": where the objects of changed files are in the cluster. Nothing is waited for that
// cannot appear: where files and objects do not map, the Kustomization is judged whole.
import { holdersOf } from "../flux/flux-index.ts";
import type { FluxApplier, Kustomization } from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import type { Identity } from "../manifests/identity.ts";
import { kustomizationApplied } from "./applied.ts";
import { buildersOf } from "./builders.ts";
import type { Builders } from "./builders.ts";
import { appliedIdentity } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { objectText } from "./cluster-view.ts";
import type { ChangedFile } from "./gate-input.ts";

/** An object that is judged, as an inventory holds it. */
export type Present = {
  readonly state: "present";
  readonly identity: Identity;
  /** Whose inventory holds it. */
  readonly applier: FluxApplier;
  /** A file of X made it what it is; only such objects fail the run. */
  readonly touched: boolean;
};

export type LiveObject =
  Present | { readonly state: "absent"; readonly identity: Identity; readonly why: string };

/** What is judged whole, and why, in plain words. */
export type Whole = { readonly applier: FluxApplier; readonly why: string };

export type Located = {
  readonly live: readonly LiveObject[];
  readonly whole: readonly Whole[];
  /** Files that change nothing, and why. */
  readonly notes: readonly string[];
};

/** Every object of a changed file that is still there, as it is found in the inventories. */
export function locateChanges(view: ClusterView, appliers: ReadonlySet<FluxApplier>): Located {
  const live: LiveObject[] = [];
  const whole = new Map<FluxApplier, string>();
  const notes: string[] = [];
  const judgeWhole = (builders: Builders, why: string) => {
    for (const k of builders.all) if (appliers.has(k) && !whole.has(k)) whole.set(k, why);
  };
  for (const file of view.changed) {
    const builders = buildersOf(view, file.path).filter(({ all }) => hasAny(all, appliers));
    const reached = builders.filter(({ layout }) => !layout?.unreached.includes(file.path));
    if (reached.length < builders.length) {
      notes.push(`${file.path}: no resources of a kustomization reach it, it changes nothing`);
      if (reached.length === 0) continue;
    }
    const plain = reached.filter((one) => {
      const why = wholeReason(one, file);
      if (why !== undefined) judgeWhole(one, why);
      return why === undefined;
    });
    if (file.removed || (reached.length > 0 && plain.length === 0)) continue;
    for (const identity of file.identities) {
      const places = placesOf(view, identity, { builders: plain, appliers });
      live.push(...places);
      if (places.length > 0) continue;
      const open = plain.filter((one) => {
        const [k] = [...one.all].filter((each) => appliers.has(each) && !cannotAppear(view, each));
        if (k === undefined) judgeWhole(one, `its inventory has no ${objectText(identity)}`);
        return k !== undefined;
      });
      if (open.length > 0 || plain.length === 0) {
        live.push(absent(view, identity, { path: file.path, builder: open[0]?.like }));
      }
    }
  }
  return { live, notes, whole: [...whole].map(([applier, why]) => ({ applier, why })) };
}

function hasAny(all: ReadonlySet<FluxApplier>, among: ReadonlySet<FluxApplier>): boolean {
  for (const one of all) if (among.has(one)) return true;
  return false;
}

/** Why a file's objects cannot be told in a Kustomization; undefined where they can. */
function wholeReason({ layout }: Builders, file: ChangedFile): string | undefined {
  if (layout?.whole !== undefined) return layout.whole;
  if (file.unreadable !== undefined) return `${file.path}: ${file.unreadable}`;
  const open = file.identities.find(({ name, namespace }) => /\$/.test(`${name}${namespace}`));
  return open && `${file.path}: the identity ${objectText(open)} hangs on a value`;
}

// In what builds from the file, otherwise in whatever else of the environment holds it.
function placesOf(
  view: ClusterView,
  identity: Identity,
  of: { readonly builders: readonly Builders[]; readonly appliers: ReadonlySet<FluxApplier> },
): readonly Present[] {
  const { builders, appliers } = of;
  const found = builders.flatMap(({ like, all }) =>
    entriesFor(view, appliedIdentity(identity, like)).filter(({ applier }) =>
      all.has(applier as Kustomization),
    ),
  );
  const own = found.filter(({ applier }) => appliers.has(applier));
  if (own.length > 0) return own;
  const wanted =
    builders.length === 0
      ? [identity]
      : builders.map(({ like }) => appliedIdentity(identity, like));
  return wanted.flatMap((one) =>
    entriesFor(view, one).filter(({ applier }) => appliers.has(applier)),
  );
}

function entriesFor(view: ClusterView, wanted: Identity): readonly Present[] {
  return holdersOf(view.cluster.flux, wanted)
    .filter(({ entry }) => isSameObject(entry, wanted))
    .map(({ entry, applier }) => ({ state: "present", identity: entry, applier, touched: true }));
}

// All of X is applied, and what it applied is written down: what is not there will not come.
function cannotAppear(view: ClusterView, k: Kustomization): boolean {
  return (
    k.inventory.length > 0 && readiness(k).state === "ready" && kustomizationApplied(view, k).ok
  );
}

function absent(
  view: ClusterView,
  identity: Identity,
  { path, builder }: { readonly path: string; readonly builder: Kustomization | undefined },
): LiveObject {
  if (builder === undefined) {
    const environment = view.input.environment.name;
    const why = `no Kustomization of ${environment} builds from ${path}, and no inventory holds it`;
    return { state: "absent", identity, why };
  }
  const wanted = appliedIdentity(identity, builder);
  const why = `no inventory of the environment holds it yet: that of ${objectText(builder)} should`;
  return { state: "absent", identity: wanted, why };
}

/** An empty namespace fits any: the file leaves it open, or the kind has none. */
export function isSameObject(entry: Identity, wanted: Identity): boolean {
  return (
    entry.kind === wanted.kind &&
    entry.group === wanted.group &&
    entry.name === wanted.name &&
    (entry.namespace === wanted.namespace || wanted.namespace === "" || entry.namespace === "")
  );
}
