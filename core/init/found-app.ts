import type { StepFile } from "../delivery/steps/registry.ts";
import type { GuessedVariable } from "./tokens-in.ts";

/** Something that is deployed, as it was found. */
export type FoundApp = {
  /** Proposed; made unique later. */
  readonly name: string;
  readonly render: readonly StepFile[];
  /** What it was made of, for people. */
  readonly from: string;
  /** Those that its files know; empty: it is the same in each. */
  readonly environments: readonly string[];
  readonly variables: ReadonlyMap<string, GuessedVariable>;
  /** Files that have to be there in every environment, with `${environment}` in them. */
  readonly perEnvironment: readonly string[];
  readonly notes: readonly string[];
};
