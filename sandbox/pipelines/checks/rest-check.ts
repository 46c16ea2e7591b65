// https://learn.microsoft.com/azure/devops/pipelines/process/invoke-checks
import { issueJobToken, revokeToken } from "../../azure-devops/authenticate.ts";
import { guidOf } from "../../azure-devops/guid.ts";
import { pause } from "../engine/job-time.ts";
import { scopedVariables, stageNames } from "../engine/predefined.ts";
import { addSecret } from "../engine/secrets.ts";
import { expandMacros } from "../engine/macros.ts";
import { setAll, setVariable } from "../engine/variables.ts";
import { invokeRestApi, restApiAliases } from "../server/built-in-handlers.ts";
import { sendRequest, waits, type Asked } from "../server/send-request.ts";
import { meetsCriteria } from "../server/success-criteria.ts";
import { waitForCompletion } from "../server/wait-for-completion.ts";
import type { PipelinesState } from "../state.ts";
import type { OpenCheck, Verdict } from "./run-check.ts";

// "A check instance is evaluated at most 2,000 times" (research, platform §4.4).
const mostEvaluations = 2000;

/** Calls the address of the check and takes its answer, or waits for the call back. */
export async function callRestApi(state: PipelinesState, open: OpenCheck): Promise<Verdict> {
  const { run, configuration, record, signal, say } = open;
  const { clock } = state.organisation;
  const planId = guidOf("check-plan", record.id);
  const token = issueJobToken(state.organisation, {
    project: run.definition.project.id,
    buildId: run.id,
    repositories: [run.definition.repository.id],
  });
  addSecret(run, token);
  const asked = askedOf(state, open, { planId, token });
  state.checkPlans.set(planId, { planId, run, recordId: record.id });
  const interval = Number(configuration.settings["retryInterval"] ?? 0);
  try {
    for (let evaluation = 1; evaluation <= mostEvaluations; evaluation += 1) {
      const waiting = waits(asked)
        ? waitForCompletion(clock, {
            ...{ run, recordId: record.id, signal },
            timeouts: invokeRestApi.handler.timeouts,
          })
        : undefined;
      const { answer, expression, names } = await sendRequest(state, asked);
      if (waiting && answer.status >= 200 && answer.status < 300) {
        const result = await waiting.completed;
        if (result === "canceled") return "canceled";
        if (result === "succeeded") return "approved";
      } else if (meetsCriteria(expression, answer, names)) return "approved";
      waiting?.forget();
      if (interval <= 0) return "rejected";
      say(`Evaluation ${evaluation} did not pass. The next one is in ${interval} minutes.`);
      if (!(await pause(clock, interval * 60_000, signal))) return "canceled";
    }
    return "rejected";
  } finally {
    state.checkPlans.delete(planId);
    revokeToken(state.organisation, token);
  }
}

function askedOf(
  state: PipelinesState,
  { run, stage, suite, configuration, record, signal, say }: OpenCheck,
  { planId, token }: { readonly planId: string; readonly token: string },
): Asked {
  const variables = scopedVariables(state, run, [stage]);
  setAll(variables, {
    ...stageNames(stage, suite.attempt),
    "System.HostType": "checks",
    "System.PlanId": planId,
    "System.TimelineId": planId,
    "System.JobId": record.id,
    "System.TaskInstanceId": record.id,
    "System.TaskInstanceName": "InvokeRESTAPI",
    "System.checksStartTime": record.startTime ?? "",
    "Checks.StageId": suite.id,
    "Checks.StageAttempt": String(suite.attempt),
  });
  setVariable(variables, "System.AccessToken", { value: token, isSecret: true });
  const given = (configuration.settings["inputs"] ?? {}) as Readonly<Record<string, unknown>>;
  const inputs = new Map(invokeRestApi.inputs.map((one) => [one.name, one.defaultValue]));
  for (const [key, value] of Object.entries(given)) {
    const text = typeof value === "boolean" ? String(value) : value;
    if (typeof text === "string" && text !== "") {
      inputs.set(restApiAliases[key.toLowerCase()] ?? key, text);
    }
  }
  return {
    ...{ section: invokeRestApi.handler.execute, project: run.definition.project, variables },
    ...{ signal, say, at: undefined },
    inputs: Object.fromEntries(
      [...inputs].map(([name, value]) => [name, expandMacros(value, variables)]),
    ),
  };
}
