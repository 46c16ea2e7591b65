import type { CompletionOptions, Repository } from "../../core/azure-devops/types.ts";
import { isOfType } from "../../core/policies/policy.ts";
import { isInForce, listPolicies } from "./branch-policies.ts";
import type { AzureDevOps } from "./connection.ts";

export type MergeStrategy = NonNullable<CompletionOptions["mergeStrategy"]>;

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
  const project = of.repository.project.id;
  const own = (await listPolicies(ado, { project, kind: "mergeStrategy" })).filter(
    (policy) =>
      policy.isBlocking !== false && isOfType(policy, "mergeStrategy") && isInForce(policy, of),
  );
  const allowed = Object.values(strategies).filter((strategy) =>
    own.every(({ settings = {} }) => allowedBy(settings).includes(strategy)),
  );
  return { allowed, policies: own.map(({ id }) => id) };
}

// `useSquashMerge` is the older form: true means squash only.
function allowedBy(settings: Readonly<Record<string, unknown>>): readonly MergeStrategy[] {
  const named = Object.entries(strategies).filter(([name]) => settings[name] === true);
  if (named.length > 0) return named.map(([, strategy]) => strategy);
  return settings["useSquashMerge"] === true ? ["squash"] : Object.values(strategies);
}
