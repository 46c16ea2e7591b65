// kustomize-controller: what it reads when it begins is what it applies when it ends
// (kustomization_controller.go 1.9).
import { identityOf, type KubernetesObject } from "../../../core/manifests/identity.ts";
import type { Kube } from "../../../kube/kube.ts";
import {
  applyTo,
  findIn,
  keyOf,
  nameOf,
  removeFrom,
  say,
  valuesIn,
  type Artefact,
  type FluxState,
  type Obj,
} from "./flux-state.ts";
import type { Tree } from "./layout-tree.ts";

export type Build = (asked: {
  readonly files: Tree;
  readonly ignore?: string;
  readonly kustomization: object;
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}) => ReturnType<Kube["build"]>;

/** Builds by Flux' own code, each once. */
export function buildsOf(kube: Kube): Build {
  const known = new Map<string, ReturnType<Kube["build"]>>();
  return (asked) => {
    const key = JSON.stringify(asked);
    const found = known.get(key) ?? kube.build(asked);
    known.set(key, found);
    return found;
  };
}

/** Reads what is there, and answers how it ends; undefined where it does not come so far. */
export function beginKustomization(
  state: FluxState,
  k: Obj,
  build: Build,
): (() => Promise<void>) | undefined {
  if (k.spec.suspend === true) return undefined;
  const from = state.artefacts.get(k.spec.sourceRef.name);
  const late = from && (k.spec.dependsOn ?? []).find((one) => !isReadyAt(state, one, from));
  if (from === undefined || late !== undefined) {
    const reason = from === undefined ? "ArtifactFailed" : "DependencyNotReady";
    say(state, k, { status: "False", reason, message: late?.name ?? "Source artifact not found" });
    return undefined;
  }
  const variables: Record<string, Readonly<Record<string, string>>> = {};
  let missing: string | undefined;
  for (const { kind, name } of k.spec.postBuild?.substituteFrom ?? []) {
    const values = valuesIn(state, { name, namespace: k.metadata.namespace });
    if (values === undefined) missing = name;
    else variables[`${kind}/${name}`] = values;
  }
  const message = `Building manifests for revision ${from.revision}`;
  say(state, k, { status: "Unknown", reason: "Progressing", message });
  const { name, namespace, generation } = k.metadata;
  const { apiVersion, kind, spec } = k;
  return async () => {
    const now = findIn(state, { kind, name, namespace });
    if (now === undefined) return;
    const result = await build({
      files: state.trees[from.commit] ?? {},
      ...(from.ignore === undefined ? {} : { ignore: from.ignore }),
      kustomization: { apiVersion, kind, metadata: { name, namespace }, spec },
      variables,
    });
    if (missing !== undefined || result.kind !== "built") {
      const why = result.kind === "failed" ? result.message : `ConfigMap ${missing} not found`;
      now.status = { ...now.status, lastAttemptedRevision: from.revision };
      say(state, now, { status: "False", reason: "BuildFailed", message: why });
      return;
    }
    const built = result.objects.map(({ object }) => object);
    apply(state, { k: now, spec, built });
    now.status = {
      ...{ observedGeneration: generation, lastAppliedRevision: from.revision },
      lastAttemptedRevision: from.revision,
      inventory: { entries: built.map((one) => ({ id: inventoryId(one), v: "v1" })) },
    };
    say(state, now, { status: "True", reason: "ReconciliationSucceeded" });
  };
}

// With one source it has to have applied the same revision.
function isReadyAt(state: FluxState, { name }: { readonly name: string }, from: Artefact): boolean {
  const dependency = findIn(state, { kind: "Kustomization", name });
  const { observedGeneration, lastAppliedRevision, conditions = [] } = dependency?.status ?? {};
  return (
    observedGeneration === dependency?.metadata.generation &&
    lastAppliedRevision === from.revision &&
    conditions.some(({ type, status }) => type === "Ready" && status === "True")
  );
}

function apply(
  state: FluxState,
  of: {
    readonly k: Obj;
    readonly spec: Obj["spec"];
    readonly built: readonly KubernetesObject[];
  },
): void {
  const { k, spec, built } = of;
  const owner = nameOf(k);
  const map = spec.kubeConfig === undefined ? state.here : state.remote;
  for (const object of built) applyTo(state, map, { object: structuredClone(object), owner });
  if (spec.prune !== true) return;
  const keys = new Set(built.map(keyOf));
  for (const [key, { owner: other }] of [...map]) {
    if (other === owner && !keys.has(key)) removeFrom(state, map, key);
  }
}

/** What a deleted one leaves behind. */
export function finalizeKustomization(state: FluxState, k: Obj): void {
  const { prune, suspend, deletionPolicy = "MirrorPrune", kubeConfig } = k.spec;
  const map = kubeConfig === undefined ? state.here : state.remote;
  const takes = deletionPolicy === "Delete" || (deletionPolicy === "MirrorPrune" && prune);
  if (takes && suspend !== true) {
    for (const [key, { owner }] of [...map]) if (owner === nameOf(k)) removeFrom(state, map, key);
  }
  state.here.delete(keyOf(k));
}

function inventoryId(object: KubernetesObject): string {
  const { group, kind, name, namespace } = identityOf(object);
  return `${namespace}_${name}_${group}_${kind}`;
}
