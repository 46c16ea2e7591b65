import { refusals } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { PipelinesState } from "../state.ts";
import { nowOf } from "../state.ts";
import { definitionOf, demandBuilds, projectOf, runOf, type CurrentState } from "./run-call.ts";

type Lease = {
  readonly leaseId: number;
  readonly ownerId: string;
  readonly runId: number;
  readonly definitionId: number;
  readonly createdOn: string;
  readonly validUntil: string;
  readonly protectPipeline: boolean;
};

const day = 86_400_000;

// Leases - Add, Get By Owner, Get, Delete; of a build (REST 7.1). Nothing is ever cleaned up here.
export function retentionRoutes(state: CurrentState): readonly Route[] {
  const leases = new Map<PipelinesState, Lease[]>();
  const all = () => {
    const known = leases.get(state()) ?? [];
    leases.set(state(), known);
    return known;
  };
  return [
    {
      area: "build",
      resource: "leases",
      id: "272051e4-9af1-45b5-ae22-8d960a5539d4",
      template: "{project}/_apis/build/retention/leases/{leaseId?}",
      resourceVersion: 2,
      methods: {
        GET: (call) => read(all(), call),
        POST: (call) => add(state(), call, all()),
        DELETE: (call) => remove(call, all()),
      },
    },
    {
      area: "build",
      resource: "buildleases",
      id: "3da19a6a-f088-45c4-83ce-2ad3a87be6c4",
      template: "{project}/_apis/build/builds/{buildId}/leases",
      methods: {
        GET: (call) => {
          const { id } = runOf(state(), call);
          return listOf(all().filter(({ runId }) => runId === id));
        },
      },
    },
  ];
}

function read(leases: readonly Lease[], call: Call): Answer {
  projectOf(call);
  const { ownerid, definitionid, runid } = call.query;
  const wanted = call.params["leaseId"];
  if (wanted !== undefined) {
    const found = leases.find(({ leaseId }) => String(leaseId) === wanted);
    if (!found) throw refusals.argument(`There is no retention lease ${wanted}.`);
    return { json: found };
  }
  return listOf(
    leases.filter(
      (one) =>
        (ownerid === undefined || one.ownerId === ownerid) &&
        (definitionid === undefined || String(one.definitionId) === definitionid) &&
        (runid === undefined || String(one.runId) === runid),
    ),
  );
}

function add(state: PipelinesState, call: Call, leases: Lease[]): Answer {
  demandBuilds(call, "Retain indefinitely");
  const bodies = Array.isArray(call.body) ? (call.body as readonly Record<string, unknown>[]) : [];
  const added = bodies.map((body) => {
    const definition = definitionOf(
      state,
      { ...call, params: { ...call.params, definitionId: String(body["definitionId"]) } },
      "definitionId",
    );
    const valid = state.organisation.clock.now().getTime() + Number(body["daysValid"] ?? 30) * day;
    return {
      leaseId: leases.length + 1,
      ownerId: textOf(body["ownerId"]),
      ...{ runId: Number(body["runId"]), definitionId: definition.id, createdOn: nowOf(state) },
      validUntil: new Date(valid).toISOString(),
      protectPipeline: body["protectPipeline"] === true,
    };
  });
  leases.push(...added);
  return listOf(added);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function remove(call: Call, leases: Lease[]): Answer {
  demandBuilds(call, "Retain indefinitely");
  const ids = (call.query["ids"] ?? call.params["leaseId"] ?? "").split(",");
  for (const id of ids) {
    const at = leases.findIndex(({ leaseId }) => String(leaseId) === id);
    if (at >= 0) leases.splice(at, 1);
  }
  return { status: 204 };
}
