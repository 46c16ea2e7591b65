// What stands in a simulated cluster that Flux works on.
import type { KubernetesObject } from "../../../core/manifests/identity.ts";
import { identityKey, identityOf } from "../../../core/manifests/identity.ts";
import type { Tree } from "./layout-tree.ts";

type Condition = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
};
type Reference = { readonly kind: string; readonly name: string; readonly namespace?: string };
type ChartSpec = {
  readonly chart: string;
  readonly version?: string;
  readonly reconcileStrategy?: string;
  readonly sourceRef: Required<Reference>;
};

/** An object of the API, with the fields that the simulated controllers read. */
export type Obj = {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly generation: number;
    readonly creationTimestamp: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    deletionTimestamp?: string;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly suspend?: boolean;
    readonly prune?: boolean;
    readonly deletionPolicy?: string;
    readonly kubeConfig?: object;
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly postBuild?: { readonly substituteFrom?: readonly Reference[] };
    readonly sourceRef: Reference;
    readonly url?: string;
    readonly ref: { readonly tag?: string };
    readonly ignore?: string;
    readonly wait?: boolean;
    readonly chart?: { readonly spec: ChartSpec };
    readonly chartRef?: Reference;
    readonly values?: Readonly<Record<string, string>>;
    readonly valuesFrom?: readonly Reference[];
  };
  status?: {
    readonly observedGeneration?: number;
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly lastAttemptedConfigDigest?: string;
    readonly observedSourceArtifactRevision?: string;
    readonly artifact?: {
      readonly revision: string;
      readonly lastUpdateTime?: string;
      readonly metadata?: Readonly<Record<string, string>>;
    };
    readonly conditions?: readonly Condition[];
    readonly [more: string]: unknown;
  };
};

/** What a source serves: the files of a commit, as its spec was when that was fetched. */
export type Artefact = {
  readonly revision: string;
  readonly commit: string;
  readonly ignore: string | undefined;
  /** Of an artefact that says so: the revision in git that it was made from. */
  readonly origin?: string;
};

/** How a reconciliation may go on, by what is said of it; the first is how it should. */
export type Ends = Readonly<Record<string, () => Promise<Ends | undefined>>>;

type LastRelease = {
  readonly version: string;
  readonly digest: string | undefined;
  readonly config: string;
  readonly failed?: true;
};

type Held = { readonly object: Obj; readonly owner: string };

export type FluxState = {
  readonly trees: Readonly<Record<string, Tree>>;
  /** Of the branch. */
  head: string;
  /** The commit of which there is an artefact in the registry. */
  pushed: string;
  readonly here: Map<string, Held>;
  /** Where `spec.kubeConfig` leads. */
  readonly remote: Map<string, Held>;
  /** What each Helm release runs. */
  readonly released: Map<string, string>;
  /** How the last of each went (`status.history`). */
  readonly releases: Map<string, LastRelease>;
  readonly artefacts: Map<string, Artefact>;
  /** What a HelmChart has packed. */
  readonly packed: Map<string, unknown>;
  /** Reconciliations that have begun: what they have read. */
  readonly begun: Map<string, Ends>;
  /** Statuses of which only the conditions are written. */
  readonly rest: Map<string, () => void>;
  /** What somebody has suspended by hand, by identity. */
  readonly paused: Set<string>;
  /** What somebody has edited by hand, by identity, until it is applied anew. */
  readonly edited: Set<string>;
  clock: number;
};

/** The API server's clock: each time is a later second. */
export function timeIn(state: FluxState): string {
  state.clock += 1_000;
  return new Date(state.clock).toISOString().replace(".000", "");
}

export function fluxIn({ here }: FluxState): readonly Obj[] {
  const all = [...here.values()].map(({ object }) => object);
  return all.filter(({ apiVersion }) => apiVersion.includes("toolkit.fluxcd.io"));
}

export function findIn(state: FluxState, of: Reference): Obj | undefined {
  const { kind, name, namespace = "flux-system" } = of;
  return fluxIn(state).find(
    ({ kind: other, metadata }) =>
      other === kind && metadata.name === name && metadata.namespace === namespace,
  );
}

export function nameOf({ kind, metadata: { namespace, name } }: Obj): string {
  return `${kind}/${namespace}/${name}`;
}

export function keyOf(object: object): string {
  return identityKey(identityOf(object as KubernetesObject));
}

/** The values of a ConfigMap, as they are now. */
export function valuesIn(
  { here }: FluxState,
  of: { readonly name: string; readonly namespace: string },
): Readonly<Record<string, string>> | undefined {
  const identity = { group: "", version: "v1", kind: "ConfigMap", ...of };
  return here.get(identityKey(identity))?.object.data;
}

/** Applies an object; another spec is another generation. */
export function applyTo(
  state: FluxState,
  map: Map<string, Held>,
  { object, owner }: { readonly object: object; readonly owner: string },
): void {
  const given = object as Obj;
  const wanted = state.paused.has(keyOf(object))
    ? { ...given, spec: { ...given.spec, suspend: true } }
    : given;
  const before = map.get(keyOf(object))?.object;
  const isSame = before !== undefined && contentOf(before) === contentOf(wanted);
  const metadata = before?.metadata.deletionTimestamp
    ? before.metadata
    : {
        ...wanted.metadata,
        generation: (before?.metadata.generation ?? 0) + (isSame ? 0 : 1),
        creationTimestamp: before?.metadata.creationTimestamp ?? timeIn(state),
      };
  state.edited.delete(keyOf(object));
  const status = before?.status === undefined ? {} : { status: before.status };
  map.set(keyOf(object), { owner, object: { ...wanted, metadata, ...status } });
}

/** Deletes an object; Flux' own end by their controllers, and what has finalizers when it is let go. */
export function removeFrom(state: FluxState, map: Map<string, Held>, key: string): void {
  const object = map.get(key)?.object;
  const isKept = (object?.metadata.finalizers ?? []).length > 0;
  if (object?.kind === "Kustomization" || object?.kind === "HelmRelease" || isKept) {
    if (object) object.metadata.deletionTimestamp ??= timeIn(state);
  } else map.delete(key);
}

/** What is said of an object: each as `status`, `reason` and message; undefined takes it away. */
type Said = Readonly<
  Record<string, readonly [status: string, reason: string, message?: string] | undefined>
>;

/**
 * Writes a status as Flux' controllers do: conditions at once, with the generation that is there now,
 * and all else by a call of its own after them (fluxcd/pkg runtime/patch).
 */
export function write(
  state: FluxState,
  object: Obj,
  { said, rest }: { readonly said: Said; readonly rest?: Readonly<Record<string, unknown>> },
): void {
  const before = object.status?.conditions ?? [];
  const conditions = before.filter(({ type }) => !Object.hasOwn(said, type));
  for (const [type, one] of Object.entries(said)) {
    if (one === undefined) continue;
    const [status, reason, message = ""] = one;
    const was = before.find((other) => other.type === type);
    const isSame = was?.status === status && was.reason === reason && was.message === message;
    conditions.push({
      ...{ type, status, reason, message, observedGeneration: object.metadata.generation },
      lastTransitionTime: isSame ? was.lastTransitionTime : timeIn(state),
    });
  }
  object.status = { ...object.status, conditions };
  if (rest === undefined) return;
  const key = keyOf(object);
  state.rest.set(nameOf(object), () => {
    const now = state.here.get(key)?.object;
    if (now !== undefined) now.status = { ...now.status, ...rest };
  });
}

/** What an object is but for what the API server and controllers write. */
export function contentOf(object: Obj): string {
  const written = ["generation", "creationTimestamp"];
  const metadata = Object.entries(object.metadata).filter(([key]) => !written.includes(key));
  return JSON.stringify(
    sorted({ ...object, status: undefined, metadata: Object.fromEntries(metadata) }),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
