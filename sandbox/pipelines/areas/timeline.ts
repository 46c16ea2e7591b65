import { refusals } from "../../azure-devops/api-error.ts";
import type { Answer, Call, Route } from "../../azure-devops/route.ts";
import { cancelStage, retryStage, startStage } from "../change-run.ts";
import type { Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { recordJson } from "./record-json.ts";
import { bodyOf, demandBuilds, enumName, runOf, type CurrentState } from "./run-call.ts";

// Timeline - Get; Stages - Update (REST 7.1).
export function timelineRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "Timeline",
      id: "8baac422-4c6e-4de5-8532-db96d92acffa",
      template: "{project}/_apis/build/builds/{buildId}/timeline/{timelineId?}",
      resourceVersion: 3,
      methods: { GET: (call) => timeline(state(), call) },
    },
    {
      area: "build",
      resource: "stages",
      id: "b8aac6c9-744b-46e1-88fc-3550969f9313",
      template: "{project}/_apis/build/builds/{buildId}/stages/{stageRefName}",
      resourceVersion: 5,
      methods: { PATCH: (call) => updateStage(state(), call) },
    },
  ];
}

// A run that has not begun has no timeline yet, nor is there an unknown one: 204.
function timeline(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const wanted = call.params["timelineId"]?.toLowerCase() ?? run.planId;
  const records =
    wanted === run.planId ? [...run.records.values()] : (run.pastRecords.get(wanted) ?? []);
  const known = Number(call.query["changeid"] ?? 0);
  if (records.length === 0 || (known > 0 && known >= run.changeId)) return { status: 204 };
  return { json: timelineJson(call, run, { id: wanted, records }) };
}

function timelineJson(
  { organisation }: Call,
  run: Run,
  { id, records }: { readonly id: string; readonly records: readonly TimelineRecord[] },
) {
  return {
    records: records.map((record) => recordJson(organisation, run, record)),
    lastChangedBy: "00000002-0000-8888-8000-000000000000",
    lastChangedOn: run.lastChanged,
    id,
    changeId: run.changeId,
    url: `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}/Timeline/${id}`,
  };
}

const states = { 0: "cancel", 1: "retry", 2: "run" } as const;

function updateStage(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  const run = runOf(state, call);
  const wanted = call.params["stageRefName"] ?? "";
  const stage =
    run.pipeline?.stages.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.name ??
    wanted;
  const body = bodyOf<{ state: string | number; forceRetryAllJobs: boolean }>(call);
  const refusal = change();
  if (refusal !== undefined) throw refusals.argument(refusal);
  return { status: 204 };

  function change(): string | undefined {
    switch (enumName(body.state, states)) {
      case "retry":
        return retryStage(state, run, { stage, allJobs: body.forceRetryAllJobs ?? false });
      case "cancel":
        return cancelStage(state, run, stage);
      case "run":
        return startStage(run, stage);
      case undefined:
        return `A stage's state is cancel, retry or run, not ${String(body.state)}.`;
    }
  }
}
