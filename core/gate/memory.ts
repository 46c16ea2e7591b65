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
  /** First look at which the parent of a HelmRelease had applied X. */
  readonly parentApplied: Readonly<Record<string, number>>;
  /** `lastAttemptedConfigDigest` of a HelmRelease before its parent applied X. */
  readonly configDigest: Readonly<Record<string, string>>;
};

export const emptyMemory: GateMemory = {
  seenOnBranch: false,
  failing: {},
  parentApplied: {},
  configDigest: {},
};
