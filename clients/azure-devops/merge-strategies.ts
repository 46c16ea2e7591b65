import type { CompletionOptions, Repository } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, list } from "./connection.ts";

export type MergeStrategy = NonNullable<CompletionOptions["mergeStrategy"]>;

type Policy = {
  readonly id: number;
  readonly isEnabled?: boolean;
  readonly isBlocking?: boolean;
  readonly isDeleted?: boolean;
  readonly type: { readonly id: string };
  readonly settings?: Readonly<Record<string, unknown>> & { readonly scope?: readonly Scope[] };
};

type Scope = {
  readonly repositoryId?: string | null;
  readonly refName?: string | null;
  readonly matchKind?: string;
};

// "Require a merge strategy", the same in every organisation.
const mergeStrategyPolicy = "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab";

/** As an approver expects them, the one that keeps the run's own commit first. */
const strategies: Readonly<Record<string, MergeStrategy>> = {
  allowNoFastForward: "noFastForward",
  allowSquash: "squash",
  allowRebaseMerge: "rebaseMerge",
  allowRebase: "rebase",
};

export type AllowedStrategies = {
  /** All four where no policy says anything; empty where policies contradict one another. */
  readonly allowed: readonly MergeStrategy[];
  /** Ids of the policies that have a say. */
  readonly policies: readonly number[];
};

/** The ways in which a pull request into a branch may be completed, by its blocking policies. */
export async function readAllowedStrategies(
  ado: AzureDevOps,
  of: {
    readonly repository: Pick<Repository, "id" | "project" | "defaultBranch">;
    /** `refs/heads/main` */
    readonly ref: string;
  },
): Promise<AllowedStrategies> {
  const { repository } = of;
  // The list for one branch leaves out those of its folder and of default branches.
  const found = await list<Policy>(ado, {
    project: repository.project.id,
    path: ["policy", "configurations"],
    query: { policyType: mergeStrategyPolicy },
  });
  const own = found.filter((policy) => isInForce(policy, of));
  const allowed = Object.values(strategies).filter((strategy) =>
    own.every(({ settings = {} }) => allowedBy(settings).includes(strategy)),
  );
  return { allowed, policies: own.map(({ id }) => id) };
}

function isInForce(
  { isEnabled, isBlocking, isDeleted, type, settings }: Policy,
  of: { readonly repository: Pick<Repository, "id" | "defaultBranch">; readonly ref: string },
): boolean {
  const counts = isEnabled !== false && isBlocking !== false && isDeleted !== true;
  const scopes = settings?.scope ?? [];
  const covers = scopes.length === 0 || scopes.some((scope) => isCovered(scope, of));
  return counts && type.id.toLowerCase() === mergeStrategyPolicy && covers;
}

function isCovered(
  { repositoryId, refName, matchKind = "Exact" }: Scope,
  of: { readonly repository: Pick<Repository, "id" | "defaultBranch">; readonly ref: string },
): boolean {
  const { repository, ref } = of;
  if (repositoryId && repositoryId.toLowerCase() !== repository.id.toLowerCase()) return false;
  switch (matchKind.toLowerCase()) {
    case "defaultbranch":
      return repository.defaultBranch === undefined || repository.defaultBranch === ref;
    case "prefix":
      return refName ? `${ref}/`.startsWith(`${refName.replace(/\/$/, "")}/`) : true;
    default:
      return refName ? refName === ref : true;
  }
}

// `useSquashMerge` is the older form: true means squash only.
function allowedBy(settings: Readonly<Record<string, unknown>>): readonly MergeStrategy[] {
  const named = Object.entries(strategies).filter(([name]) => settings[name] === true);
  if (named.length > 0) return named.map(([, strategy]) => strategy);
  return settings["useSquashMerge"] === true ? ["squash"] : Object.values(strategies);
}
