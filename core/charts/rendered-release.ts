import type { Identity, KubernetesObject } from "../manifests/identity.ts";

/** What a HelmRelease's chart renders before and after a change: the objects that differ. */
export type RenderedRelease = {
  readonly identity: Identity;
  readonly file: string;
  readonly before: readonly KubernetesObject[];
  readonly after: readonly KubernetesObject[];
  /** What it hangs on and nobody knows here; both sides were rendered without. */
  readonly notKnown: readonly string[];
  /** Objects that the chart makes anew at every render, by time or chance: not compared. */
  readonly random: readonly string[];
  /** Keys of what its inputs come from: sources, values, `Chart/<folder>`. */
  readonly uses: readonly string[];
  /** Why it was not rendered: then its effect stays unknown. */
  readonly failure?: string;
  /** Helm itself refuses it after the change, and did not before. */
  readonly refused?: true;
};
