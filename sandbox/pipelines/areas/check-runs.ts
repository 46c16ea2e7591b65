import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import type { Answer, Call, Route } from "../../azure-devops/route.ts";
import type { CheckSuite } from "../checks/model.ts";
import type { PipelinesState } from "../state.ts";
import { bodyOf, demandAdministrator, projectOf, type CurrentState } from "./run-call.ts";

// Check Evaluations - Get, Update (REST 7.1-preview). Suites are made by stages, not by POST.
export function checkRunRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "PipelinesChecks",
      resource: "runs",
      id: "91282c1d-c183-444f-9554-1485bfb3879d",
      template: "{project}/_apis/pipelines/checks/runs/{checkSuiteId}",
      releasedVersion: "0.0",
      methods: {
        GET: (call) => ({ json: suiteJson(call, suiteOf(state(), call)) }),
        PATCH: (call) => update(state(), call),
      },
    },
  ];
}

function suiteOf(state: PipelinesState, call: Call): CheckSuite {
  const project = projectOf(call);
  const wanted = call.params["checkSuiteId"]?.toLowerCase() ?? "";
  const found = state.suites.find(
    ({ id, run }) => id === wanted && run.definition.project === project,
  );
  if (found) return found;
  throw new ApiError(
    404,
    "CheckSuiteNotFoundException",
    `No check suite found with identifier ${wanted}.`,
  );
}

function suiteJson({ organisation }: Call, { id, run, stage, attempt, checkRuns }: CheckSuite) {
  const { definition } = run;
  const open = checkRuns.some(({ status }) => status === "running" || status === "queued");
  const bad = checkRuns.find(({ status }) => !["approved", "bypassed", "running"].includes(status));
  return {
    context: {
      PlanId: run.planId,
      HubName: "Build",
      Pipeline: {
        Owner: { Id: run.id, Name: run.buildNumber },
        Id: definition.id,
        Name: definition.name,
      },
      GraphNode: { Attempt: attempt, Id: stage, Name: stage },
    },
    id,
    status: open ? "running" : (bad?.status ?? "approved"),
    checkRuns: checkRuns.map((one) => ({
      checkConfigurationRef: {
        id: one.configuration.id,
        version: one.configuration.version,
        type: one.configuration.type,
        resource: one.configuration.resource,
      },
      ...{ id: one.id, status: one.status, resultMessage: one.message },
      createdDate: one.createdDate,
      ...(one.completedDate === undefined ? {} : { completedDate: one.completedDate }),
    })),
    _links: {
      self: {
        href: `${organisation.url}/${definition.project.id}/_apis/pipelines/checks/runs/${id}`,
      },
    },
  };
}

const actions = ["bypass", "rerun", "defer"];

function update(state: PipelinesState, call: Call): Answer {
  const suite = suiteOf(state, call);
  const body = bodyOf<{ action: string; checkId: string }>(call);
  if (body.action === "rerun" || body.action === "defer") {
    throw refusals.argument(`The sandbox does not do the action ${body.action} of a check.`);
  }
  if (body.action !== "bypass") {
    throw refusals.argument(`The action of a check is one of ${actions.join(", ")}.`);
  }
  demandAdministrator(call, "the resource of the check");
  const wanted = suite.checkRuns.filter(
    ({ id, status }) =>
      status === "running" && (body.checkId === undefined || id === body.checkId.toLowerCase()),
  );
  if (wanted.length === 0) throw refusals.argument("There is no such check that is running.");
  for (const { bypass } of wanted) bypass();
  return { json: suiteJson(call, suite) };
}
