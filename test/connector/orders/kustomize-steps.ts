// kustomize-controller, from one of its writes to the next: what it has read when it begins is what it
// applies (kustomization_controller.go 1.9).
import { identityOf, type KubernetesObject } from "../../../core/manifests/identity.ts";
import type { Kube } from "../../../kube/kube.ts";
import {
  applyTo,
  findIn,
  keyOf,
  nameOf,
  removeFrom,
  valuesIn,
  write,
  type Artefact,
  type Ends,
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

type Attempt = {
  readonly state: FluxState;
  /** As it was when the attempt began. */
  readonly k: Obj;
  readonly from: Artefact;
  readonly build: Build;
};

/** Reads what is there, and answers how it goes on; undefined where it does not come so far. */
export function beginKustomization(state: FluxState, k: Obj, build: Build): Ends | undefined {
  if (k.spec.suspend === true) return undefined;
  const from = state.artefacts.get(k.spec.sourceRef.name);
  const late = from && (k.spec.dependsOn ?? []).find((one) => !isReadyFor(state, one, { k, from }));
  if (from === undefined || late !== undefined) {
    const reason = from === undefined ? "ArtifactFailed" : "DependencyNotReady";
    const message = late?.name ?? "Source artifact not found";
    write(state, k, { said: { Ready: ["False", reason, message] } });
    return undefined;
  }
  const message = `Fetching manifests for revision ${from.revision}`;
  write(state, k, {
    said: {
      Ready: ["Unknown", "Progressing", "Reconciliation in progress"],
      Reconciling: ["True", "Progressing", message],
      Stalled: undefined,
    },
  });
  const attempt = { state, k, from, build };
  return { builds: async () => buildOne(attempt) };
}

// With one source it has to have applied the same revision.
function isReadyFor(
  state: FluxState,
  { name }: { readonly name: string },
  { k, from }: { readonly k: Obj; readonly from: Artefact },
): boolean {
  const dependency = findIn(state, { kind: "Kustomization", name });
  const isSameSource = dependency?.spec.sourceRef.name === k.spec.sourceRef.name;
  const { observedGeneration, lastAppliedRevision, conditions = [] } = dependency?.status ?? {};
  return (
    observedGeneration === dependency?.metadata.generation &&
    (!isSameSource || lastAppliedRevision === from.revision) &&
    conditions.some(({ type, status }) => type === "Ready" && status === "True")
  );
}

function buildOne(attempt: Attempt): Ends | undefined {
  const { state, k, from } = attempt;
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  const message = `Building manifests for revision ${from.revision}`;
  const rest = { lastAttemptedRevision: from.revision };
  write(state, now, { said: { Reconciling: ["True", "Progressing", message] }, rest });
  const variables: Record<string, Readonly<Record<string, string>>> = {};
  let missing: string | undefined;
  for (const { kind, name } of k.spec.postBuild?.substituteFrom ?? []) {
    const values = valuesIn(state, { name, namespace: k.metadata.namespace });
    if (values === undefined) missing = name;
    else variables[`${kind}/${name}`] = values;
  }
  const all = async () => applyOne(attempt, await builtOf(attempt, { variables, missing }));
  return {
    applies: all,
    "is refused": async () => fail(attempt, "ReconciliationFailed", "failed calling webhook"),
  };
}

function nowOf({ state, k: { kind, metadata } }: Attempt): Obj | undefined {
  return findIn(state, { kind, name: metadata.name, namespace: metadata.namespace });
}

async function builtOf(
  { state, k, from, build }: Attempt,
  of: {
    readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly missing: string | undefined;
  },
): Promise<readonly KubernetesObject[] | string> {
  if (of.missing !== undefined) return `ConfigMap ${of.missing} not found`;
  const { apiVersion, kind, spec } = k;
  const { name, namespace } = k.metadata;
  const result = await build({
    files: state.trees[from.commit] ?? {},
    ...(from.ignore === undefined ? {} : { ignore: from.ignore }),
    kustomization: { apiVersion, kind, metadata: { name, namespace }, spec },
    variables: of.variables,
  });
  if (result.kind === "built") return result.objects.map(({ object }) => object);
  return result.kind === "failed" ? result.message : result.kind;
}

function fail(attempt: Attempt, reason: string, message: string): undefined {
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  const step = now.status?.conditions?.find(({ type }) => type === "Reconciling");
  const isHealth = reason === "HealthCheckFailed";
  write(attempt.state, now, {
    said: {
      Ready: ["False", reason, message],
      Reconciling: ["True", "ProgressingWithRetry", step?.message ?? ""],
      ...(isHealth ? { Healthy: ["False", reason, message] } : {}),
    },
  });
  return undefined;
}

function applyOne(attempt: Attempt, built: readonly KubernetesObject[] | string): Ends | undefined {
  const { state, k, from } = attempt;
  if (typeof built === "string") return fail(attempt, "BuildFailed", built);
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  apply(state, { k: now, spec: k.spec, built });
  const inventory = { entries: built.map((one) => ({ id: inventoryId(one), v: "v1" })) };
  if (k.spec.wait !== true) {
    succeed(attempt, { inventory });
    return undefined;
  }
  const message = `Running health checks for revision ${from.revision} with a timeout of 5m0s`;
  write(state, now, {
    said: {
      Reconciling: ["True", "Progressing", message],
      Healthy: ["Unknown", "Progressing", message],
    },
    rest: { inventory },
  });
  return {
    ends: async () => endCheck(attempt, built),
    "waits too long": async () =>
      fail(attempt, "HealthCheckFailed", "health check failed after 5m0s: timeout waiting"),
  };
}

// What is gone meanwhile, or on its way, is not well by kstatus.
function endCheck(attempt: Attempt, built: readonly KubernetesObject[]): undefined {
  const { state, k } = attempt;
  const map = k.spec.kubeConfig === undefined ? state.here : state.remote;
  const missed = built.flatMap((one) => {
    const held = map.get(keyOf(one))?.object;
    if (held !== undefined && held.metadata.deletionTimestamp === undefined) return [];
    const { kind, namespace, name } = identityOf(one);
    return [`${kind}/${namespace}/${name} status: '${held ? "Terminating" : "NotFound"}'`];
  });
  if (missed.length === 0) return succeed(attempt, {});
  const text = `health check failed after 5m0s: timeout waiting for: [${missed.join(", ")}]`;
  return fail(attempt, "HealthCheckFailed", text);
}

function succeed(attempt: Attempt, more: object): undefined {
  const { state, k, from } = attempt;
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  write(state, now, {
    said: {
      Ready: ["True", "ReconciliationSucceeded", `Applied revision: ${from.revision}`],
      Healthy: k.spec.wait === true ? ["True", "Succeeded"] : undefined,
      Reconciling: undefined,
    },
    rest: {
      ...{ observedGeneration: k.metadata.generation, lastAppliedRevision: from.revision },
      lastAppliedOriginRevision: from.origin,
      ...more,
    },
  });
  return undefined;
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
