// What pages ask the worker that compares. Results stay with it: a page gets what it shows at once, and
// asks for more by the result's id.
import type { RepositoryRef } from "../../../clients/azure-devops/connection.ts";
import type { FileChange, PullRequest } from "../../../core/azure-devops/types.ts";
import type { Comparison } from "../../../core/diff/compare-manifests.ts";
import type { PairedNamespaces } from "../../../core/diff/pair-namespaces.ts";
import type { ManifestFile } from "../../../core/diff/read-objects.ts";
import type { VoteRecord } from "../../../core/run/vote-record.ts";
import type { BodyQuestion, LinesQuestion } from "../../view/bodies.ts";
import type { ChangesView } from "../../view/changes-view.ts";
import type { BodyPart, LinesPart } from "../../view/object-body.ts";
import type { Moment } from "../compare-folders.ts";
import type { CarriedError } from "./carried-error.ts";

/** A result that the worker holds. */
export type Seen = {
  /** Names it, on this page for ever. */
  readonly id: string;
  readonly view: ChangesView;
};

/** What differs between two commits. */
export type SeenCommits = Seen & {
  readonly before: string;
  readonly after: string;
  /** What a vote is for. */
  readonly digest: string;
  /** Changed files that hold nothing that Flux applies. */
  readonly others: readonly FileChange[];
  /** Folders and files that it hangs on; absent: not known. */
  readonly places?: readonly string[];
  /** Whether what charts render could say more. */
  readonly hangsOnCharts: boolean;
};

export type SeenSince =
  | { readonly state: "known"; readonly changed: number; readonly difference: Seen }
  | { readonly state: "unknown" };

export type SeenFolders = {
  readonly complete: boolean;
  /** Rules that explain differences, and how many each. */
  readonly expected: readonly {
    readonly key: string;
    readonly path: string;
    readonly reason: string;
    readonly amount: number;
  }[];
  readonly problems: readonly string[];
  /** What stands in another namespace, and was compared all the same. */
  readonly namespaces: readonly PairedNamespaces[];
  /** Without expected differences, and with them. */
  readonly left: Seen;
  readonly all: Seen;
};

/** What the API server's own code says to a comparison; nothing where it cannot judge any of it. */
export type SeenServer = {
  /** False: it could not be asked, so what it would refuse is not known. */
  readonly isKnown: boolean;
  readonly sentence?: string;
  /** What a verdict says of it; absent where it judged all. */
  readonly gap?: string;
  /** The same comparison with its refusals among the risks. */
  readonly view?: ChangesView;
};

type Of<Asked, Answer> = { readonly asked: Asked; readonly answer: Answer };
type Held = { readonly id: string };
type PullRequestOf = {
  readonly pullRequest: PullRequest;
  readonly source: string;
  readonly basis: "merge" | "source";
};

export type Questions = {
  readonly commits: Of<
    { readonly repo: RepositoryRef; readonly before: string; readonly after: string },
    SeenCommits
  >;
  /** With what a validation attached of charts; undefined where there is nothing but `known`. */
  readonly charts: Of<
    Held & PullRequestOf & { readonly known: string | undefined },
    { readonly name: string; readonly changes: SeenCommits } | undefined
  >;
  readonly since: Of<
    Held & {
      readonly repo: RepositoryRef;
      readonly pullRequest: PullRequest;
      readonly seen: VoteRecord;
    },
    SeenSince
  >;
  /** Files of a delivery that are not as its render recorded them. */
  readonly edited: Of<
    Held & { readonly folder: string; readonly recorded: Readonly<Record<string, string>> },
    readonly string[]
  >;
  /** What the API server would refuse of it. Its digest stays: nothing else changes by that. */
  readonly server: Of<Held, SeenServer>;
  readonly folders: Of<{ readonly left: Moment; readonly right: Moment }, SeenFolders>;
  /** Two sides of files as they lie there; what differs is answered as well, whole. */
  readonly plain: Of<
    { readonly before: readonly ManifestFile[]; readonly after: readonly ManifestFile[] },
    Comparison & { readonly seen: Seen }
  >;
  readonly body: Of<Held & BodyQuestion, BodyPart>;
  readonly lines: Of<Held & LinesQuestion, LinesPart>;
  readonly find: Of<Held & { readonly text: string }, readonly string[]>;
};

export type Subject = keyof Questions;
export type Asked<S extends Subject> = Questions[S]["asked"];
export type Answer<S extends Subject> = Questions[S]["answer"];

export type ToWorker =
  | {
      readonly kind: "ask";
      readonly id: string;
      readonly organisationUrl: string;
      readonly subject: Subject;
      readonly asked: unknown;
    }
  | { readonly kind: "token"; readonly id: number; readonly token: string }
  | { readonly kind: "no-token"; readonly id: number; readonly error: CarriedError };

export type FromWorker =
  | { readonly kind: "answer"; readonly id: string; readonly answer: unknown }
  | { readonly kind: "failure"; readonly id: string; readonly error: CarriedError }
  /** It works, or waits for an answer of Azure DevOps. */
  | { readonly kind: "alive" }
  | { readonly kind: "token-please"; readonly id: number };
