import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { addIssue } from "../engine/records.ts";
import { addSecret } from "../engine/secrets.ts";
import { tell } from "../engine/tell.ts";
import type { Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { keepOutputs } from "../engine/keep-outputs.ts";
import { planBase, planOf, writablePlan } from "./plan-call.ts";
import { recordJson } from "./record-json.ts";
import { bodyOf, enumName, type CurrentState } from "./run-call.ts";

const states = { 0: "pending", 1: "inProgress", 2: "completed" } as const;

// Records - List, Update; Timelines - Get; Feed - Append (REST 7.1 distributedtask).
export function planRecordRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "distributedtask",
      resource: "feed",
      id: "858983e4-19bd-4c5e-864c-507b59b58b12",
      template: `${planBase}/timelines/{timelineId}/records/{recordId}/feed`,
      methods: { POST: (call) => feed(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "records",
      id: "8893bc5b-35b2-4be7-83cb-99e683551db4",
      template: `${planBase}/timelines/{timelineId}/records`,
      resourceVersion: 2,
      methods: {
        GET: (call) => listOf(all(call, planOf(state(), call).run)),
        PATCH: (call) => update(state(), call),
      },
    },
    {
      area: "distributedtask",
      resource: "timelines",
      id: "83597576-cc2c-453c-bea6-2882ae6a1653",
      template: `${planBase}/timelines/{timelineId?}`,
      resourceVersion: 2,
      methods: { GET: (call) => timelines(state(), call) },
    },
  ];
}

function all(call: Call, run: Run) {
  return [...run.records.values()].map((record) => planRecordJson(call, run, record));
}

// As a build's record, with the variables that a task has set.
function planRecordJson({ organisation }: Call, run: Run, record: TimelineRecord) {
  return {
    ...recordJson(organisation, run, record),
    variables: Object.fromEntries(
      [...record.variables].map(([name, { value, isSecret }]) => [
        name,
        { value: isSecret ? null : value, isSecret },
      ]),
    ),
  };
}

function timelines(state: PipelinesState, call: Call): Answer {
  const { run } = planOf(state, call);
  const timeline = {
    ...{ id: run.planId, changeId: run.changeId, location: null },
    lastChangedOn: run.lastChanged,
    lastChangedBy: "00000002-0000-8888-8000-000000000000",
  };
  if (call.params["timelineId"] === undefined) return listOf([timeline]);
  return { json: { ...timeline, records: all(call, run) } };
}

function feed(state: PipelinesState, call: Call): Answer {
  const { run } = writablePlan(state, call);
  const { value = [] } = bodyOf<{ value: readonly string[] }>(call);
  const id = call.params["recordId"]?.toLowerCase() ?? "";
  // A console line is cut at 1,024 characters (research, platform §3.2).
  const lines = value.map((line) => line.slice(0, 1024));
  run.feed.set(id, [...(run.feed.get(id) ?? []), ...lines]);
  tell(state, run);
  return { status: 204 };
}

type Change = {
  readonly id: string;
  readonly state?: string | number;
  readonly currentOperation?: string;
  readonly percentComplete?: number;
  readonly log?: { readonly id: number };
  readonly issues?: readonly { readonly type?: string | number; readonly message?: string }[];
  readonly variables?: Readonly<
    Record<string, { readonly value?: string; readonly isSecret?: boolean }>
  >;
};

function update(state: PipelinesState, call: Call): Answer {
  const { run } = writablePlan(state, call);
  const { value = [] } = bodyOf<{ value: readonly Change[] }>(call);
  for (const change of value) {
    const record = run.records.get(change.id.toLowerCase());
    // How it ends is for the events to say.
    if (record && record.state !== "completed") apply(run, record, change);
  }
  run.changeId += 1;
  tell(state, run);
  return listOf(all(call, run));
}

function apply(run: Run, record: TimelineRecord, change: Change): void {
  if (enumName(change.state, states) === "inProgress") record.state = "inProgress";
  record.currentOperation = change.currentOperation ?? record.currentOperation;
  record.percentComplete = change.percentComplete ?? record.percentComplete;
  if (change.log && run.logs.has(change.log.id)) record.log = { id: change.log.id };
  for (const { type, message = "" } of change.issues ?? []) {
    const warns = type === "warning" || type === 2;
    addIssue(run, record, { type: warns ? "warning" : "error", message });
  }
  for (const [name, { value = "", isSecret = false }] of Object.entries(change.variables ?? {})) {
    if (isSecret) addSecret(run, value);
    record.variables.set(name, { value, isSecret });
  }
  keepOutputs(run, record);
}
