import { fluxKey, type FluxReference } from "../flux/flux-object.ts";

/**
 * What the gate remembers between two looks at one wait. Losing it only delays a verdict.
 * Times are ms since 1970; keys begin with the cluster's name.
 */
export type GateMemory = {
  /** The X that all of this is about; another X starts afresh. */
  readonly commit?: string;
  readonly seenOnBranch: boolean;
  /** First and last look at which something failed (`branch`: the merge was not on it). */
  readonly failing: Readonly<Record<string, { readonly since: number; readonly last: number }>>;
  /** `lastAttemptedConfigDigest` of a HelmRelease before X's values came. */
  readonly configDigest: Readonly<Record<string, string>>;
  /** The same when they had all come, at the first look that found it idle. */
  readonly digestWithValues: Readonly<Record<string, string>>;
  /** The newest reconcile request of a HelmRelease when its parent was first seen to have X. */
  readonly requested: Readonly<Record<string, string>>;
  /**
   * How a Kustomization last ended when the changed values that it takes were first seen there, and how
   * the HelmChart of a registry stood when that was.
   */
  readonly looked: Readonly<Record<string, string>>;
  /** The generation that a Kustomization was seen to begin with; with `ended` only how one of it ended. */
  readonly begun: Readonly<Record<string, Begun>>;
  /** When a source stored X, by its own clock. */
  readonly fetched: Readonly<Record<string, number>>;
  /** Jobs that were seen complete: their TTL may remove them. */
  readonly completed: Readonly<Record<string, true>>;
};

export type Begun = { readonly generation: number; readonly ended?: string };

export const emptyMemory: GateMemory = {
  seenOnBranch: false,
  failing: {},
  configDigest: {},
  digestWithValues: {},
  requested: {},
  looked: {},
  begun: {},
  fetched: {},
  completed: {},
};

/** The key of a Flux object: those of different clusters never meet. */
export function memoryKey({ name }: { readonly name: string }, object: FluxReference): string {
  return `${name}|${fluxKey(object)}`;
}
