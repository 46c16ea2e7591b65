import type { Problem } from "../errors.ts";
import type { OwnershipIndex } from "./ownership-index.ts";

export type TreeFile = {
  /** Under the environment's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Of the bytes as git stores them, hexadecimal. */
  readonly sha256: string;
};

export type TreePlan = {
  /** Paths to write, the index included; empty when unchanged. */
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
  /** Nothing may be written while there are any. */
  readonly problems: readonly Problem[];
  /** Only provenance would differ. */
  readonly unchanged: boolean;
};

export type TreeOptions = {
  /** Every file of the environment's folder; the text of those that are no YAML may be empty. */
  readonly existing: readonly TreeFile[];
  /** The new files, the index left out. */
  readonly rendered: readonly TreeFile[];
  readonly index: OwnershipIndex;
  /** Whether a render that leaves nothing in the environment's folder is meant. */
  readonly allowEmpty?: boolean;
  /** Take over files that nobody owns where the render writes the same path or object. */
  readonly adopt?: boolean;
};

/** What the indexes in the folder say. */
export type TreeState = {
  readonly own: OwnershipIndex | undefined;
  readonly others: readonly OwnershipIndex[];
  readonly problems: readonly Problem[];
};
