import { fluxIndex } from "../flux/flux-index.ts";
import type { FluxApplier, FluxReference, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { isUnder } from "../flux/folder.ts";
import { commitOf } from "../flux/revision.ts";
import { sourceBinding } from "../flux/source-binding.ts";
import { environmentMembers } from "./environment-members.ts";
import type { Answer, ChangedFile, ClusterFacts, GateInput } from "./gate-input.ts";
import { onceFor } from "../once-for.ts";

/** One look at one cluster: what the rules of the gate are asked about. */
export type ClusterView = {
  readonly input: GateInput;
  readonly cluster: ClusterFacts;
  /** X. */
  readonly commit: string;
  /** What the cluster runs of what X changed. */
  readonly changed: readonly ChangedFile[];
  /** `GateInput.above`. */
  readonly above: readonly ChangedFile[];
  /** The environment's Flux objects there. */
  readonly members: readonly FluxApplier[];
  /** Keys of the sources that bring the manifests repository's target branch. */
  readonly boundSources: ReadonlySet<string>;
  readonly now: number;
};

export function viewCluster(
  input: GateInput,
  cluster: ClusterFacts,
  at: { readonly commit: string; readonly now: number },
): ClusterView {
  const changed = (input.changed ?? []).filter((file) => runsFile(cluster, file));
  const members = environmentMembers(cluster.flux, {
    environment: input.environment.name,
    assigned: cluster.assigned ?? [],
  });
  const boundSources = new Set(
    [...fluxIndex(cluster.flux).byKey.values()]
      .filter((object) => !isApplier(object) && sourceBinding(object, input).bound)
      .map(fluxKey),
  );
  return { input, cluster, changed, above: input.above ?? [], members, boundSources, ...at };
}

// Most objects of a cluster; they bring no files.
function isApplier({ kind }: FluxReference): boolean {
  return kind === "Kustomization" || kind === "HelmRelease";
}

/** A cluster without `paths` runs all of the environment; charts are where releases take them. */
export function runsFile(
  { name, paths = [] }: ClusterFacts,
  { path, releasedIn }: Pick<ChangedFile, "path" | "releasedIn">,
): boolean {
  if (releasedIn !== undefined) return releasedIn.includes(name);
  return paths.length === 0 || paths.some((folder) => isUnder(path, folder));
}

/** Does the revision contain X (equal or a descendant)? */
export function containsCommit(view: ClusterView, revision: string | undefined): Answer {
  const commit = commitOf(revision);
  if (commit === undefined) return "no";
  if (commit === view.commit) return "yes";
  return Object.hasOwn(view.input.contains, commit)
    ? (view.input.contains[commit] ?? "unknown")
    : "unknown";
}

/** Does this source bring the manifests repository's target branch? */
export function isBoundSource(view: ClusterView, source: FluxReference): boolean {
  return view.boundSources.has(fluxKey(source));
}

export function isBound(view: ClusterView, object: FluxApplier): object is Kustomization {
  return object.kind === "Kustomization" && isBoundSource(view, object.source);
}

/** Why an object that was not seen may be there all the same: the connector may not look. */
export function unreadable(
  { cluster: { namespaces } }: ClusterView,
  { namespace }: Pick<FluxReference, "namespace">,
): string | undefined {
  if (namespaces === undefined || namespaces.includes(namespace)) return undefined;
  return `is in namespace ${namespace}, which this connector may not read (clusters[].namespaces)`;
}

/** What a rule finds out about a view, once for each view. */
export function oncePerView<T>(find: (view: ClusterView) => T): (view: ClusterView) => T {
  return onceFor(find);
}
