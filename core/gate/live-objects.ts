// "present": where the objects of changed files are in the cluster. Nothing is waited for that
// cannot appear: where files and objects do not map, Flux' build tells which they are, and where it
// cannot the Kustomization is judged whole.
import { objectName } from "../manifests/object-name.ts";
import { fluxKey, type FluxApplier, type Kustomization } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { buildersOf } from "./builders.ts";
import type { Builders } from "./builders.ts";
import { locateBuilt } from "./built-objects.ts";
import { appliedIdentity } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound } from "./cluster-view.ts";
import type { ChangedFile } from "./gate-input.ts";
import { gitChartOf, isOfChart } from "./git-chart.ts";
import { fromElsewhere } from "./from-elsewhere.ts";
import { cannotAppear, entriesFor, isSameObject } from "./inventories.ts";
import type { LiveObject, Located, Present, Whole } from "./inventories.ts";

/** Every object of a changed file that is still there, as it is found in the inventories. */
export function locateChanges(view: ClusterView, appliers: ReadonlySet<FluxApplier>): Located {
  const live: LiveObject[] = [];
  const inexact = new Map<Kustomization, string>();
  const notes: string[] = [];
  const askBuild = (builders: Builders, why: string) => {
    for (const k of builders.all) if (appliers.has(k) && !inexact.has(k)) inexact.set(k, why);
  };
  for (const file of view.changed) {
    const builders = buildersOf(view, file.path).filter(({ all }) => hasAny(all, appliers));
    const reached = builders.filter((one) => !isUnreached(one, file));
    if (reached.length < builders.length && !isOfAnyChart(view, file, appliers)) {
      notes.push(`${file.path}: no resources of a kustomization reach it, it changes nothing`);
    }
    if (builders.length > 0 && reached.length === 0) continue;
    const plain = reached.filter((one) => {
      const why = wholeReason(one, file);
      if (why !== undefined) askBuild(one, why);
      return why === undefined;
    });
    const gone = file.removed ? file.identities : file.left;
    if (gone !== undefined) {
      notes.push(...unpruned(view, { ...file, identities: gone }, { builders: reached, appliers }));
    }
    if (file.removed || (reached.length > 0 && plain.length === 0)) continue;
    for (const identity of file.identities) {
      const places = placesOf(view, identity, { path: file.path, builders: plain, appliers });
      live.push(...places);
      if (places.length > 0) continue;
      const open = plain.filter((one) => {
        const [k] = [...one.all].filter((each) => appliers.has(each) && !cannotAppear(view, each));
        if (k === undefined) askBuild(one, `its inventory has no ${objectName(identity)}`);
        return k !== undefined;
      });
      if (open.length > 0 || plain.length === 0) {
        live.push(absent(view, identity, { path: file.path, builder: open[0]?.like }));
      }
    }
  }
  const exact = [...inexact].map(([k, why]) => locateBuilt(view, k, why));
  return {
    live: [...live, ...exact.flatMap((one) => one.live)],
    notes: [...notes, ...exact.flatMap((one) => one.notes)],
    whole: exact.flatMap((one) => one.whole),
  };
}

/** Those that build from such a file, and of which nobody can tell what X makes of it. */
export function locateUntold(
  view: ClusterView,
  appliers: ReadonlySet<FluxApplier>,
  files: readonly ChangedFile[],
): readonly Whole[] {
  const inexact = new Map<Kustomization, string>();
  for (const file of files) {
    for (const builders of buildersOf(view, file.path)) {
      const why = isUnreached(builders, file) ? undefined : wholeReason(builders, file);
      if (why === undefined) continue;
      for (const k of builders.all) if (appliers.has(k)) inexact.set(k, why);
    }
  }
  return [...inexact].flatMap(([k, why]) => locateBuilt(view, k, why).whole);
}

// A chart changes what its HelmRelease brings, whichever kustomization stands around it.
function isOfAnyChart(
  view: ClusterView,
  { path }: ChangedFile,
  appliers: ReadonlySet<FluxApplier>,
): boolean {
  return [...appliers].some((object) => {
    const chart = gitChartOf(view, object);
    return chart !== undefined && isOfChart(chart, path);
  });
}

function isUnreached({ like, layout }: Builders, { path }: ChangedFile): boolean {
  return like.components.length === 0 && (layout?.unreached.includes(path) ?? false);
}

function hasAny(all: ReadonlySet<FluxApplier>, among: ReadonlySet<FluxApplier>): boolean {
  for (const one of all) if (among.has(one)) return true;
  return false;
}

// What leaves a Kustomization that does not prune, or told Flux not to delete it, stays in the cluster.
function unpruned(
  view: ClusterView,
  { path, identities, keeping = [] }: ChangedFile,
  { builders, appliers }: Among,
): readonly string[] {
  const stays = view.changed.filter(({ removed }) => !removed).flatMap((one) => one.identities);
  const gone = identities.filter((one) => !stays.some((other) => isSameObject(other, one)));
  if (gone.length === 0) return [];
  const all = builders.flatMap((one) => [...one.all]).filter((one) => appliers.has(one));
  const unpruning = all.find(({ prune }) => !prune);
  const named = (some: readonly Identity[]) => some.map(objectName).join(", ");
  if (unpruning !== undefined) {
    return [
      `${path}: ${objectName(unpruning)} does not prune, so ${named(gone)} stays in the cluster`,
    ];
  }
  const kept = gone.filter((one) => keeping.some((other) => isSameObject(other, one)));
  return kept.length === 0
    ? []
    : [`${path}: ${named(kept)} told Flux not to delete it, so it stays in the cluster`];
}

/** Why a file's objects cannot be told in a Kustomization; undefined where they can. */
function wholeReason({ like, layout }: Builders, file: ChangedFile): string | undefined {
  if (layout?.whole !== undefined) return layout.whole;
  if (like.components.length > 0) return "its spec uses components";
  if (file.unreadable !== undefined) return `${file.path}: ${file.unreadable}`;
  const open = file.identities.find(({ name, namespace }) => /\$/.test(`${name}${namespace}`));
  return open && `${file.path}: the identity ${objectName(open)} hangs on a value`;
}

type Among = {
  readonly builders: readonly Builders[];
  readonly appliers: ReadonlySet<FluxApplier>;
};

// In what builds from the file, otherwise in whatever else of the environment holds it.
function placesOf(
  view: ClusterView,
  identity: Identity,
  { path, builders, appliers }: Among & { readonly path: string },
): readonly Present[] {
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
    entriesFor(view, one).filter(
      (entry) =>
        (appliers.has(entry.applier) && takesFile(view, entry.applier, path)) ||
        isBrought(view, entry, appliers),
    ),
  );
}

// What is built from elsewhere may hold an object of the same name, and is none of X.
function takesFile(view: ClusterView, applier: FluxApplier, path: string): boolean {
  if (isBound(view, applier)) return true;
  const chart = gitChartOf(view, applier);
  return chart !== undefined && isOfChart(chart, path);
}

// What brings an object of the environment need not be assigned to it.
function isBrought(
  view: ClusterView,
  { identity, applier }: Present,
  appliers: ReadonlySet<FluxApplier>,
): boolean {
  if (!isBound(view, applier)) return false;
  const key = fluxKey(identity);
  return [...appliers].some((object) => object !== applier && fluxKey(object) === key);
}

function absent(
  view: ClusterView,
  identity: Identity,
  { path, builder }: { readonly path: string; readonly builder: Kustomization | undefined },
): LiveObject {
  if (builder === undefined) {
    return { state: "absent", identity, why: whyUnbuilt(view, identity, path) };
  }
  const wanted = appliedIdentity(identity, builder);
  const why = `no inventory of the environment holds it yet: that of ${objectName(builder)} should`;
  return { state: "absent", identity: wanted, why };
}

function whyUnbuilt(view: ClusterView, identity: Identity, path: string): string {
  const environment = view.input.environment.name;
  const [other] = buildersOf(view, path);
  if (other) {
    return `${objectName(other.like)} builds from ${path}, but is not assigned to ${environment} (label fluxgate.dev/environment)`;
  }
  const none = `no Kustomization of ${environment} builds from ${path}`;
  const holder = entriesFor(view, identity)[0]?.applier;
  const from = fromElsewhere(view, [path]);
  if (holder !== undefined && holder !== from?.object) {
    return `${none}; ${objectName(holder)} holds it, which builds from elsewhere`;
  }
  return from ? `${none}: ${from.text}` : `${none}, and no inventory holds it`;
}
