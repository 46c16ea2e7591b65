import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Run, RunAttachment } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { runOf, type CurrentState } from "./run-call.ts";

// Attachments - List, Get (REST 7.1): what tabs of a run read.
export function attachmentRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "attachments",
      id: "f2192269-89fa-4f94-baf6-8fb128c55159",
      template: "{project}/_apis/build/builds/{buildId}/attachments/{type}",
      resourceVersion: 2,
      methods: { GET: (call) => list(state(), call) },
    },
    {
      area: "build",
      resource: "attachments",
      id: "af5122d3-3438-485e-a25a-2dbbfde84ee6",
      template:
        "{project}/_apis/build/builds/{buildId}/{timelineId}/{recordId}/attachments/{type}/{name}",
      resourceVersion: 2,
      methods: { GET: (call) => read(state(), call) },
    },
  ];
}

function list(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const type = call.params["type"]?.toLowerCase();
  const found = run.attachments.filter((one) => one.type.toLowerCase() === type);
  return listOf(found.map((one) => attachmentJson(call, run, one)));
}

function attachmentJson({ organisation }: Call, run: Run, { recordId, type, name }: RunAttachment) {
  const builds = `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}`;
  const path = [run.planId, recordId, "attachments", type, encodeURIComponent(name)].join("/");
  return { name, _links: { self: { href: `${builds}/${path}` } } };
}

function read(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const { recordId = "", type = "", name = "" } = call.params;
  const found = run.attachments.findLast(
    (one) =>
      one.recordId === recordId.toLowerCase() &&
      one.type.toLowerCase() === type.toLowerCase() &&
      one.name.toLowerCase() === name.toLowerCase(),
  );
  if (!found) {
    throw new ApiError(
      404,
      "AttachmentNotFoundException",
      `Attachment ${name} of type ${type} was not found for build ${run.id}.`,
    );
  }
  return { content: { type: "application/octet-stream", bytes: found.bytes } };
}
