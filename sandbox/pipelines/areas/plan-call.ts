import { ApiError } from "../../azure-devops/api-error.ts";
import { findProject, type Call } from "../../azure-devops/route.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { demandOwnBuild } from "./run-call.ts";

export const planBase = "{scope}/_apis/distributedtask/hubs/{hub}/plans/{planId}";

/** A plan: a run's own, or that of one of its checks. */
export type Plan = { readonly run: Run; readonly checkRecord: string | undefined };

/** The plan that the call names. @throws TaskOrchestrationPlanNotFoundException */
export function planOf(state: PipelinesState, call: Call): Plan {
  const { scope = "", planId = "" } = call.params;
  const project = findProject(call.organisation, scope);
  const wanted = planId.toLowerCase();
  const run = state.runs.find((one) => one.planId === wanted && one.definition.project === project);
  if (run) return { run, checkRecord: undefined };
  const check = state.checkPlans.get(wanted);
  if (check && check.run.definition.project === project) {
    return { run: check.run, checkRecord: check.recordId };
  }
  throw new ApiError(
    404,
    "TaskOrchestrationPlanNotFoundException",
    `No plan found for identifier ${planId}.`,
  );
}

/**
 * The plan, for somebody who changes it: the job's own token, or who may edit the pipeline.
 * @throws TaskOrchestrationPlanSecurityException
 */
export function writablePlan(state: PipelinesState, call: Call): Plan {
  const plan = planOf(state, call);
  try {
    demandOwnBuild(call, plan.run, "Edit build pipeline");
  } catch {
    throw new ApiError(
      403,
      "TaskOrchestrationPlanSecurityException",
      `Access denied: ${call.grant.identity.displayName} does not have write permissions for orchestration plan ${plan.run.planId}.`,
    );
  }
  return plan;
}
