import type { RepositoryAddress } from "../azure-devops/urls.ts";
import type { ChartFolders } from "../charts/local-dependencies.ts";
import type { FluxObject } from "../flux/flux-object.ts";
import type { ObservedHealth } from "../health/health.ts";
import type { ObjectHistory } from "../health/object-history.ts";
import type { Identity } from "../manifests/identity.ts";
import type { GateMemory } from "./memory.ts";
import type { ObserverFacts } from "./observer-word.ts";

/** A question to git or Azure DevOps; `unknown` when it could not be asked. */
export type Answer = "yes" | "no" | "unknown";

/** What the wait is about, before anything of Flux is looked at. From the pull request, or git. */
export type Target =
  | {
      readonly kind: "pull-request";
      readonly id: number;
      readonly state: "active" | "completed" | "abandoned";
      /** X: `lastMergeCommit`, and only once completed. */
      readonly commit?: string;
      /** Of a completed one: what the target branch was (`lastMergeTargetCommit`). */
      readonly onto?: string;
      /** The branch that it goes to, where somebody chose another one than Flux follows. */
      readonly into?: string;
      /** Of an active one: it cannot be merged as it is. */
      readonly conflicts?: boolean;
      /** Of an active one: somebody has to publish it first. */
      readonly draft?: boolean;
      /** Of an active one: its branch is gone, so that nobody can complete it. */
      readonly branchless?: boolean;
      /** Why and by whom it was abandoned, where that is known. */
      readonly abandoned?: string;
    }
  /**
   * Operation `none`. X: the last commit of the target branch, as it was when the carrier was made,
   * that changed the delivery's files in the environment.
   */
  | { readonly kind: "unchanged"; readonly commit?: string }
  /** Anything else: X is the carrier. */
  | { readonly kind: "commit"; readonly commit: string };

/** One file that differs between the baseline and X (`changedByIndex`, `changedWithoutIndex`). */
export type ChangedFile = {
  /** In the repository, without a leading slash. */
  readonly path: string;
  readonly removed: boolean;
  /** The objects in it at X (before it, when removed), namespaces as written. */
  readonly identities: readonly Identity[];
  /** Of one that is still there: the objects that it held before X, and holds no more. */
  readonly left?: readonly Identity[];
  /** Those that went with it, or left it, and told Flux never to delete them. */
  readonly keeping?: readonly Identity[];
  /** Why its objects are not known; such a file is reported, not waited for. */
  readonly unreadable?: string;
  /** Keys (`fluxKey`) of Flux Kustomizations in it that build as they did before X. */
  readonly sameBuilds?: readonly string[];
  /** Keys of sources in it that make another artefact of the same revision than before X. */
  readonly otherArtefacts?: readonly string[];
  /**
   * Of a Chart.yaml that was there before X: it says the same, or something else under the same name and
   * version.
   */
  readonly chart?: "same" | "same-version";
  /**
   * Outside of what Kustomizations build: of a chart in git that releases of the environment take in
   * these clusters, or of what it packs.
   */
  readonly releasedIn?: readonly string[];
};

/** How the kustomizations of a folder make objects of files. Read from git at X. */
export type Layout = {
  /**
   * Why its files and objects do not map one to one, in plain words; absent where its kustomizations
   * only list resources.
   */
  readonly whole?: string;
  /** Changed files that no `resources` reaches: they change nothing. */
  readonly unreached: readonly string[];
};

/**
 * A newer first-parent commit after X that changes the same files. From the branch's history, and the
 * pull request that brought the commit.
 */
export type NewerChange = {
  readonly commit: string;
  readonly author: string;
  /** The run that made it, as people know it: `shop-cd 20261123.4`. */
  readonly run?: string;
};

/** What X changed of what Flux builds for a Kustomization: at X and before it, by its live spec. */
export type BuiltChange =
  | {
      readonly kind: "built";
      /** New, or other than before. */
      readonly changed: readonly Identity[];
      /** No longer built. */
      readonly removed: readonly Identity[];
      /** Keys (`fluxKey`) of changed Flux Kustomizations that build as they did before. */
      readonly sameBuilds?: readonly string[];
      /** Keys of changed sources that make another artefact of the same revision. */
      readonly otherArtefacts?: readonly string[];
      /** Values that only the cluster knows are put into the objects. */
      readonly hasUnknownValues: boolean;
    }
  /** No build could be had, or trusted: why, in plain words. */
  | { readonly kind: "unknown"; readonly why: string };

export type ClusterFacts = {
  /** From the configuration. */
  readonly name: string;
  readonly active: boolean;
  /** From the configuration: folders that the cluster runs; absent: all of the environment. */
  readonly paths?: readonly string[];
  /** Set when the cluster does not answer: why. What else is here is then old and not used. */
  readonly silent?: string;
  /** All that may be read there; absent: the whole cluster. */
  readonly namespaces?: readonly string[];
  /** Its own connector judges it: nothing else of it is known here. Absent while there is no X. */
  readonly observer?: ObserverFacts;
  /** Every Flux object that is watched there, sources included: from the cache, or read afresh. */
  readonly flux: readonly FluxObject[];
  /** Keys (`fluxKey`) that the configuration assigns to the environment beside the label. */
  readonly assigned?: readonly string[];
  /** By `healthKey`, for the live objects that `objectsToObserve` names, from the cluster. */
  readonly health: Readonly<Record<string, ObservedHealth>>;
  /** By `healthKey`, of the same objects. */
  readonly history?: Readonly<Record<string, ObjectHistory>>;
  /** By `fluxKey`, for the Kustomizations that `kustomizationsToBuild` names, by Flux' own build. */
  readonly built?: Readonly<Record<string, BuiltChange>>;
};

/**
 * Everything that a verdict depends on. Read by others; nothing here is looked up. While there is no
 * X (`commitOfTarget`), or it is not on the branch, `changed` and all that follows from it are not used.
 */
export type GateInput = {
  readonly target: Target;
  /** From the configuration. */
  readonly environment: {
    readonly name: string;
    readonly scope: "delivery" | "environment";
    readonly healthUnknownSucceeds: boolean;
  };
  /** The manifests repository: the same one may be known by names and by ids. */
  readonly repository: readonly RepositoryAddress[];
  /** Target branch, without `refs/heads/`. */
  readonly branch: string;
  /** Does the branch's head contain X? From git; an old head is forgiven for the grace. */
  readonly onBranch: Answer;
  /** There is no such branch at all. */
  readonly branchMissing?: boolean;
  /** From the ownership indexes at X and the baseline, or X's own changes. Absent: not known yet. */
  readonly changed?: readonly ChangedFile[];
  /**
   * What came with X in the folders of Kustomizations that bring the environment's, and lies outside of
   * the environment: it counts for what it makes of the environment's Flux objects alone.
   */
  readonly above?: readonly ChangedFile[];
  /**
   * Folders and files that kustomizations reference outside their own, by the Kustomization's path
   * as `parseFluxObject` gives it. From the kustomization.yaml files at X.
   */
  readonly bases: Readonly<Record<string, readonly string[]>>;
  /** By the Kustomization's path; absent: files and objects map one to one. */
  readonly layouts?: Readonly<Record<string, Layout>>;
  /** By the folder of a chart in git: what it packs of other folders, at X. */
  readonly charts?: Readonly<Record<string, ChartFolders>>;
  /** Other clusters, which somebody else asks about, run what these leave out by their `paths`. */
  readonly partial?: boolean;
  /** Judge all that the environment runs, whatever X changed: the roll-up. */
  readonly everything?: boolean;
  /**
   * Nothing waits for it any more: it is said how things are now. What is edited by hand since then is said,
   * and holds nobody.
   */
  readonly settled?: boolean;
  readonly newer?: NewerChange;
  /**
   * Commit → does it contain X (equal or a descendant)? From git, for what `commitsToCompare` names;
   * missing entries are unknown.
   */
  readonly contains: Readonly<Record<string, Answer>>;
  readonly clusters: readonly ClusterFacts[];
  /** All of this was read just now, not from a watch cache. */
  readonly fresh: boolean;
  /** When the wait must have ended, ms since 1970. */
  readonly deadline: number;
  /** How long a failure may last before it counts, ms. From the configuration. */
  readonly grace: number;
  /** Of the verdict before, at first `emptyMemory`. */
  readonly memory: GateMemory;
};
