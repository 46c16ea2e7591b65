import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Identity } from "../../azure-devops/identity.ts";
import { decide } from "../checks/decide.ts";
import type { Approval, ApprovalStep } from "../checks/model.ts";
import type { PipelinesState } from "../state.ts";
import { enumName, projectOf, type CurrentState } from "./run-call.ts";

// Approvals - Query, Get, Update (REST 7.1).
export function approvalRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "approval",
      resource: "approvals",
      id: "37794717-f36f-4d78-b2bf-4dc30d0cfbcd",
      template: "{project}/_apis/pipelines/approvals/{approvalId?}",
      resourceVersion: 2,
      methods: {
        GET: (call) => read(state(), call),
        PATCH: (call) => update(state(), call),
      },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const own = state.approvals.filter(({ run }) => run.definition.project === project);
  const wanted = call.params["approvalId"];
  if (wanted !== undefined) return { json: approvalJson(call, approvalOf(own, wanted)) };
  const { approvalids, assignedto, userids } = call.query;
  const ids = approvalids?.toLowerCase().split(",").filter(Boolean);
  const people = (assignedto ?? userids)?.toLowerCase().split(",").filter(Boolean);
  const wantedState = call.query["state"]?.toLowerCase();
  const found = own.filter(
    (one) =>
      (!ids || ids.includes(one.id)) &&
      (!wantedState || wantedState === "all" || one.status.toLowerCase() === wantedState) &&
      (!people || one.steps.some(({ approver }) => isAmong(approver, people))),
  );
  const top = Number(call.query["top"] ?? call.query["$top"] ?? found.length);
  return listOf(found.slice(0, top).map((one) => approvalJson(call, one)));
}

function isAmong({ id, uniqueName, descriptor }: Identity, wanted: readonly string[]): boolean {
  return [id, uniqueName, descriptor].some((one) => wanted.includes(one.toLowerCase()));
}

function approvalOf(approvals: readonly Approval[], wanted: string): Approval {
  const found = approvals.findLast(({ id }) => id === wanted.toLowerCase());
  if (found) return found;
  throw new ApiError(
    404,
    "ApprovalNotFoundException",
    `No approval found with identifier ${wanted}.`,
  );
}

const expansions = { 1: "steps", 2: "permissions" } as const;

function approvalJson(call: Call, approval: Approval) {
  const { organisation, grant } = call;
  const { run } = approval;
  const { definition } = run;
  const root = `${organisation.url}/${definition.project.id}`;
  const expand = (call.query["$expand"] ?? "")
    .split(",")
    .map((one) => enumName(/^\d+$/.test(one) ? Number(one) : one, expansions));
  const all = call.query["$expand"] === "3";
  const mine = approval.steps.some(({ approver }) => approver === grant.identity);
  const link = (href: string) => ({ href });
  return {
    id: approval.id,
    ...(all || expand.includes("steps") || call.method === "PATCH"
      ? { steps: approval.steps.map((step) => stepJson(call, step)) }
      : {}),
    status: approval.status,
    createdOn: approval.createdOn,
    lastModifiedOn: approval.lastModifiedOn,
    executionOrder: approval.inSequence ? "inSequence" : "anyOrder",
    minRequiredApprovers: approval.minRequired,
    blockedApprovers: approval.blocked.map((one) => identityRef(one, organisation.url)),
    instructions: approval.instructions,
    ...(all || expand.includes("permissions") ? { permissions: mine ? "update" : "view" } : {}),
    _links: { self: link(`${root}/_apis/pipelines/approvals/${approval.id}`) },
    pipeline: {
      owner: {
        _links: {
          web: link(`${root}/_build/results?buildId=${run.id}`),
          self: link(`${root}/_apis/build/Builds/${run.id}`),
        },
        id: run.id,
        name: run.buildNumber,
      },
      id: String(definition.id),
      name: definition.name,
    },
  };
}

function stepJson({ organisation }: Call, step: ApprovalStep) {
  const { approver, actual, status, comment, order } = step;
  return {
    assignedApprover: identityRef(approver, organisation.url),
    ...(actual ? { actualApprover: identityRef(actual, organisation.url) } : {}),
    ...{ status, comment, initiatedOn: step.initiatedOn, lastModifiedOn: step.lastModifiedOn },
    ...(actual ? { lastModifiedBy: identityRef(actual, organisation.url) } : {}),
    order,
    history: [],
  };
}

type Decision = {
  readonly approvalId?: string;
  readonly status?: string | number;
  readonly comment?: string;
  readonly assignedApprover?: { readonly id?: string };
};

const decisions = { 4: "approved", 8: "rejected" } as const;

function update(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const bodies = Array.isArray(call.body) ? (call.body as readonly Decision[]) : [];
  if (bodies.length === 0) throw refusals.argument("A list of approvals is needed.");
  const own = state.approvals.filter(({ run }) => run.definition.project === project);
  return listOf(
    bodies.map(({ approvalId = "", status, comment = "" }) => {
      const approval = approvalOf(own, approvalId);
      const decision = enumName(status, decisions);
      if (!decision) {
        throw refusals.argument(
          `The sandbox takes the decisions approved and rejected, not ${String(status)}.`,
        );
      }
      decide(state, approval, { decision, comment, by: call.grant.identity });
      return approvalJson(call, approval);
    }),
  );
}
