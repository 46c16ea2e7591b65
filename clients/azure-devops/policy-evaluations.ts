import { type AzureDevOps, list } from "./connection.ts";

/** How one branch policy stands towards one pull request. */
export type PolicyEvaluation = {
  readonly status: "queued" | "running" | "approved" | "rejected" | "notApplicable" | "broken";
  readonly configuration: {
    readonly id: number;
    readonly isEnabled: boolean;
    /** False: advice, which holds nothing back. */
    readonly isBlocking: boolean;
    readonly type: { readonly id: string; readonly displayName?: string };
    readonly settings?: Readonly<Record<string, unknown>>;
  };
};

/** Every policy that looks at the pull request. Both are named by id, as the artifact's id is. */
export function listPolicyEvaluations(
  ado: AzureDevOps,
  { project, pullRequest }: { readonly project: string; readonly pullRequest: number },
): Promise<readonly PolicyEvaluation[]> {
  return list<PolicyEvaluation>(ado, {
    project,
    path: ["policy", "evaluations"],
    query: { artifactId: `vstfs:///CodeReview/CodeReviewId/${project}/${pullRequest}` },
    apiVersion: "7.1-preview.1",
  });
}
