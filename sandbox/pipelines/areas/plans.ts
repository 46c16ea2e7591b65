import { ApiError } from "../../azure-devops/api-error.ts";
import type { Answer, Call, Route } from "../../azure-devops/route.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { planBase, planOf, writablePlan, type Plan } from "./plan-call.ts";
import { bodyOf, type CurrentState } from "./run-call.ts";

// Orchestration plans and their events: what an agentless task's partner calls (research, platform
// §3.2; REST 7.1 distributedtask).
export function planRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "distributedtask",
      resource: "events",
      id: "557624af-b29e-4c20-8ab0-0399d2204f3f",
      template: `${planBase}/events`,
      methods: { POST: (call) => postEvent(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "plans",
      id: "5cecd946-d704-471e-a45f-3b4064fcfaba",
      template: planBase,
      resourceVersion: 2,
      methods: { GET: (call) => ({ json: planJson(call, planOf(state(), call)) }) },
    },
  ];
}

function planJson({ organisation, params }: Call, { run, checkRecord }: Plan) {
  const { project, id, name } = run.definition;
  const web = `${organisation.url}/${project.id}/_build/results?buildId=${run.id}`;
  const planId = checkRecord === undefined ? run.planId : (params["planId"] ?? "");
  return {
    scopeIdentifier: project.id,
    planType: checkRecord === undefined ? "Build" : "Checks",
    ...{ version: 19, planId, planGroup: `${project.id}:Build` },
    artifactUri: `vstfs:///Build/Build/${run.id}`,
    artifactLocation: null,
    definition: { id, name },
    owner: { id: run.id, name: run.buildNumber, _links: { web: { href: web } } },
    startTime: run.startTime ?? null,
    finishTime: run.finishTime ?? null,
    state: run.status === "completed" ? "completed" : "inProgress",
    result: planResult(run),
    timeline: { id: planId, changeId: run.changeId, location: null },
  };
}

function planResult({ result }: Run): string | null {
  return result === "partiallySucceeded" ? "succeededWithIssues" : (result ?? null);
}

type Event = {
  readonly name: string;
  readonly jobId: string;
  readonly taskId: string;
  readonly result: string;
};

// An event for a task that does not wait changes nothing; one for a plan that has ended fails, as
// it was seen to do (research, platform §3.3).
function postEvent(state: PipelinesState, call: Call): Answer {
  const { run, checkRecord } = writablePlan(state, call);
  if (run.status === "completed") {
    throw new ApiError(
      500,
      "TaskOrchestrationPlanTerminatedException",
      `Plan ${run.planId} has completed and takes no further events.`,
    );
  }
  const { name = "", jobId = "", taskId = "", result } = bodyOf<Event>(call);
  const job = run.records.get(jobId.toLowerCase());
  if (checkRecord === undefined && job?.type !== "Job") {
    throw new ApiError(
      404,
      "TaskOrchestrationJobNotFoundException",
      `No job found with identifier ${jobId} in plan ${run.planId}.`,
    );
  }
  const waiter = run.waiting.get(checkRecord ?? taskId.toLowerCase());
  switch (name.toLowerCase()) {
    case "taskassigned":
      waiter?.heard("assigned");
      break;
    case "taskstarted":
      waiter?.heard("started");
      break;
    case "taskcompleted":
      waiter?.complete(result?.toLowerCase() === "succeeded" ? "succeeded" : "failed");
      break;
    // JobAssigned, JobStarted, JobCompleted and TaskLog… are agents': nothing waits for them.
    default:
      break;
  }
  return { status: 204 };
}
