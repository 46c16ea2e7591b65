// What a letter is judged by. Every fact is read with the connector's own identity.
import type { Build, CommitStatus, IdentityRef, Timeline } from "../azure-devops/types.ts";
import type { Letter } from "../run/letter.ts";
import type { CommitTrailers } from "../run/trailers.ts";
import type { AuthorFacts } from "./letter-author.ts";
import type { PipelineMatch } from "./pipeline-match.ts";

/** A pipeline that may wait for an environment, from the connector's configuration. */
export type AllowedDefinition = {
  readonly environment: string;
  /** Absent: any pipeline. */
  readonly definitions?: readonly PipelineMatch[];
};

export type LetterFacts = AuthorFacts & {
  readonly letter: Letter;
  readonly status: CommitStatus;
  /** The commit that the letter is on, and its trailers where it has any. */
  readonly carrier: {
    readonly commit: string;
    readonly trailers: CommitTrailers | undefined;
    readonly pushedBy?: IdentityRef;
    readonly pushedAt?: string;
  };
  /** Build, and its timeline, that the letter names; undefined: there is none. */
  readonly build: Build | undefined;
  readonly timeline: Timeline | undefined;
  /** Ids of WaitForFlux in published copies of the extension; its own id always counts. */
  readonly waitTaskIds?: readonly string[];
  readonly manifestsRepository: {
    readonly id: string;
    /** That Flux follows, without `refs/heads/`. */
    readonly branch: string;
  };
  /** Heads of the branches and pull requests `fluxgate/<delivery>/<environment>/<build>…`. */
  readonly runHeads: readonly string[];
  /** All statuses of all carriers of that run, this one included. */
  readonly letters: readonly { readonly commit: string; readonly status: CommitStatus }[];
  readonly allowed: readonly AllowedDefinition[];
};
