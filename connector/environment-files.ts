// Where the files of an environment lie: in its folder, where its Kustomizations build from, and in
// what these take from elsewhere (design.md 4.6, "Concerned").
import type {
  FluxApplier,
  FluxObject,
  FluxReference,
  Kustomization,
} from "../core/flux/flux-object.ts";
import { fluxKey } from "../core/flux/flux-object.ts";
import { findFlux, fluxIndex, holdersFor, sourcesOf, withNested } from "../core/flux/flux-index.ts";
import type { FileChange } from "../core/azure-devops/types.ts";
import { cleanFolder, commonFolder, isUnder } from "../core/flux/folder.ts";
import { sourceBinding } from "../core/flux/source-binding.ts";
import { environmentMembers } from "../core/gate/environment-members.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";
import {
  readEnvironmentCharts,
  type EnvironmentCharts,
  type EnvironmentCluster,
} from "./chart-folders.ts";
import { repositoryOf, type Connector } from "./connector.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

export type EnvironmentFiles = {
  /** Folders, and single files that kustomizations take; the environment's own folder is first. */
  readonly places: readonly string[];
  /** Of the environment's Kustomizations on this repository and branch. */
  readonly paths: readonly string[];
  /** What a Kustomization builds from outside of its path, by that path. */
  readonly bases: Readonly<Record<string, readonly string[]>>;
  /** Of the Kustomizations that bring these, whosever they are, where there are any. */
  readonly bringing?: readonly string[];
  /** Charts in git that its releases take, where there are any. */
  readonly released?: EnvironmentCharts;
};

/**
 * @param of.rendered the folder is a delivery's: what was rendered into it takes nothing from
 * elsewhere, which saves looking.
 */
export async function readEnvironmentFiles(
  connector: Pick<Connector, "clusters" | "repositories">,
  environment: EnvironmentConfig,
  of: { readonly commit: string; readonly rendered: boolean },
): Promise<EnvironmentFiles> {
  const folder = environment.path;
  const repository = repositoryOf(connector, environment);
  const clusters = clustersOf(connector, environment);
  const onBranch = (of: (cluster: EnvironmentCluster) => readonly FluxApplier[]) =>
    clusters.flatMap((cluster) =>
      of(cluster)
        .filter((object) => object.kind === "Kustomization")
        .filter((k) => isOnBranch(cluster.flux, k, repository)),
    );
  const own = onBranch(({ members }) => members);
  const paths = [...new Set(own.map(({ path }) => path))].sort();
  const components = [...new Set(own.flatMap((one) => one.components))].sort();
  const found = await readEnvironmentCharts(clusters, {
    ...of,
    environment: environment.name,
    repository,
  });
  const released = found.places.size === 0 ? {} : { released: found };
  if (of.rendered && [...paths, ...components].every((path) => isUnder(path, folder))) {
    return { places: [folder], paths, bases: {}, ...released };
  }
  const bases: Record<string, readonly string[]> = {};
  for (const path of paths) bases[path] = await readBasesOf(repository, of.commit, path);
  const places = [
    folder,
    // A Kustomization of a folder around the environment's builds other environments too.
    ...paths.filter((path) => !isUnder(folder, path)),
    ...components,
    ...Object.values(bases).flat(),
  ];
  const bringing = [
    ...onBranch(bringersOf).map(({ path }) => path),
    ...foldersElsewhere(connector, environment),
  ];
  return {
    places: places.filter(
      (place, index) =>
        !places.some(
          (other, at) => at !== index && isUnder(place, other) && (place !== other || at < index),
        ),
    ),
    paths,
    bases,
    ...(bringing.length === 0 ? {} : { bringing: [...new Set(bringing)].sort() }),
    ...released,
  };
}

// So many commits are looked into before each place is asked for by itself.
const mostLookedInto = 5;

/** The newest commit up to `head` that changed any of the places. */
export async function findLastChange(
  repository: Pick<ManifestsRepository, "changes" | "contains" | "history">,
  head: string,
  places: readonly string[],
): Promise<string | undefined> {
  const [only = ""] = places;
  if (places.length < 2) return (await repository.history(head, only))[0];
  // One question for all of them, where the commits of the folder around them are theirs mostly.
  const around = commonFolder(places);
  for (const commit of (await repository.history(head, around)).slice(0, mostLookedInto)) {
    const changes = await repository.changes(commit);
    const isOurs = ({ path, originalPath = path }: FileChange) =>
      places.some((place) => isUnder(path, place) || isUnder(originalPath, place));
    if (changes.some(isOurs)) return commit;
  }
  let newest: string | undefined;
  for (const place of places) {
    const [commit] = await repository.history(head, place);
    if (commit === undefined || commit === newest) continue;
    if (newest === undefined || (await repository.contains(newest, commit)) === "yes") {
      newest = commit;
    }
  }
  return newest;
}

/** What clusters that nobody sees from here run outside of the environment's folder. */
function foldersElsewhere(
  { clusters }: Pick<Connector, "clusters">,
  { clusters: its, path }: EnvironmentConfig,
): readonly string[] {
  const unseen = its.filter(({ name }) => !clusters.has(name));
  const folders = unseen.flatMap(({ paths = [] }) => paths.map(cleanFolder));
  return folders.filter((one) => !isUnder(one, path));
}

function clustersOf(
  { clusters }: Pick<Connector, "clusters">,
  { name: environment, objects: assigned, clusters: its }: EnvironmentConfig,
): readonly EnvironmentCluster[] {
  return its.map(({ name }) => {
    const flux = clusters.get(name)?.flux() ?? [];
    return { name, flux, members: environmentMembers(flux, { environment, assigned }) };
  });
}

/**
 * The Kustomizations whose inventories hold what runs the environment, or what that takes its files, chart
 * or values from, however deep.
 */
function bringersOf({ flux, members }: EnvironmentCluster): readonly Kustomization[] {
  const { parents } = fluxIndex(flux);
  const queue = new Set(members.map(fluxKey));
  const bringers = new Set<Kustomization>();
  const given = withNested(flux, members).found.flatMap(givenTo);
  for (const reference of new Map(given.map((one) => [fluxKey(one), one])).values()) {
    for (const holder of holdersFor(flux, reference)) {
      if (holder.kind !== "Kustomization") continue;
      queue.add(fluxKey(holder));
      bringers.add(holder);
    }
  }
  // Grows while it is walked.
  for (const key of queue) {
    for (const parent of parents.get(key) ?? []) {
      queue.add(fluxKey(parent));
      bringers.add(parent);
    }
  }
  return [...bringers];
}

function givenTo(object: FluxApplier): readonly FluxReference[] {
  const values = object.kind === "Kustomization" ? object.substituteFrom : object.valuesFrom;
  return [...sourcesOf(object), ...values];
}

function isOnBranch(
  flux: readonly FluxObject[],
  { source }: Kustomization,
  { addresses, config: { branch } }: ManifestsRepository,
): boolean {
  const found = findFlux(flux, source);
  const of = { repository: addresses, branch };
  return found?.kind === "GitRepository" && sourceBinding(found, of).bound;
}

const mostBases = 50;

/** What a path takes from outside of it: folders, and single files. */
export async function readBasesOf(
  repository: Pick<ManifestsRepository, "kustomizations">,
  commit: string,
  path: string,
): Promise<readonly string[]> {
  // Nothing lies outside of the root.
  if (path === "") return [];
  const found: string[] = [];
  const folders = [path];
  // Grows while it is walked: bases have bases.
  for (const folder of folders) {
    const { kustomizations } = await repository.kustomizations(commit, folder);
    for (const target of new Set([...kustomizations.values()].flatMap(({ outside }) => outside))) {
      const known = [path, ...found].some((other) => isUnder(target, other));
      if (known || found.length >= mostBases) continue;
      found.push(target);
      if (!/\.(ya?ml|json|properties|env)$/.test(target)) folders.push(target);
    }
  }
  return found;
}
