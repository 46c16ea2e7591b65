import { sourceBinding, findFlux } from "../flux/source-binding.ts";
import type { FluxApplier, FluxReference, Kustomization } from "../flux/flux-object.ts";
import { commitOf } from "../flux/revision.ts";
import { environmentMembers } from "./environment-members.ts";
import type { Answer, ChangedFile, ClusterFacts, GateInput } from "./gate-input.ts";

/** One look at one cluster: what the rules of the gate are asked about. */
export type ClusterView = {
  readonly input: GateInput;
  readonly cluster: ClusterFacts;
  /** X. */
  readonly commit: string;
  /** What the cluster runs of what X changed. */
  readonly changed: readonly ChangedFile[];
  /** The environment's Flux objects there. */
  readonly members: readonly FluxApplier[];
  readonly now: number;
};

export function viewCluster(
  input: GateInput,
  cluster: ClusterFacts,
  at: { readonly commit: string; readonly now: number },
): ClusterView {
  const changed = (input.changed ?? []).filter(({ path }) => runsPath(cluster, path));
  const members = environmentMembers(cluster.flux, {
    environment: input.environment.name,
    assigned: cluster.assigned ?? [],
  });
  return { input, cluster, changed, members, ...at };
}

/** A cluster without `paths` runs all of the environment. */
export function runsPath({ paths = [] }: ClusterFacts, path: string): boolean {
  return paths.length === 0 || paths.some((folder) => isUnder(path, folder));
}

/** Is a file inside a folder? The root (empty) holds all; a leading `./` is ignored. */
export function isUnder(path: string, folder: string): boolean {
  const clean = folder.replace(/^(\.?\/)+|^\.$/, "").replace(/\/+$/, "");
  return clean === "" || path === clean || path.startsWith(`${clean}/`);
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

/** Is this source a GitRepository on the manifests repository's target branch? */
export function isBoundSource(view: ClusterView, source: FluxReference): boolean {
  const found = findFlux(view.cluster.flux, source);
  return found?.kind === "GitRepository" && sourceBinding(found, view.input).bound;
}

export function isBound(view: ClusterView, object: FluxApplier): object is Kustomization {
  return object.kind === "Kustomization" && isBoundSource(view, object.source);
}

/** `Kustomization flux-system/shop-dev`, as texts name an object. */
export function objectText(of: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${of.kind} ${of.namespace === "" ? "" : `${of.namespace}/`}${of.name}`;
}
