import type { FluxObjectBase } from "../flux-base.ts";

/** Everything that is known of one kind of Flux; to add a kind is one such file and a line in `fluxKinds`. */
export type FluxKind<T extends FluxObjectBase> = {
  readonly group: string;
  /** Served by Flux 2.0 to 2.9, preferred first: what a cluster serves tells its discovery. */
  readonly versions: readonly string[];
  readonly kind: string;
  /** As paths of the API name it. */
  readonly resource: string;
  /** A source brings files, an applier brings objects, an automation writes to git. */
  readonly role: "source" | "applier" | "automation";
  /** What the connector's rights must hold. */
  readonly verbs: readonly string[];
  /** Without the right to watch it the rest goes on: rights of older versions do not know it. */
  readonly optional: boolean;
  /** Asked to look at once, where the configuration has `nudge`. */
  readonly nudged: boolean;
  readonly parse: (json: unknown, base: FluxObjectBase) => T;
  /** What it runs and has tried: a change of any is news. */
  readonly revisions: (object: T) => readonly (string | undefined)[];
  /** Those of them that name commits. */
  readonly commits: (object: T) => readonly (string | undefined)[];
};

export const watching: readonly string[] = ["get", "list", "watch"];
