import { createHash } from "node:crypto";
import { ApiError, refusals } from "../api-error.ts";
import { identityRef } from "../identities.ts";
import type { Attachment, PullRequest } from "../pull-requests/pull-request.ts";
import { listOf, type Answer, type Call, type Route } from "../route.ts";
import { contributeTo, inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { pullRequestUrl } from "./pull-request-json.ts";

// Pull Request Attachments - List, Get, Create, Delete (REST 7.1).
export const attachmentRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestAttachments",
    id: "965d9361-878b-413b-a494-45d5b5fd8ab7",
    template: `${inPullRequest}/attachments/{fileName?}`,
    minVersion: "3.1",
    methods: { GET: get, POST: create, DELETE: remove },
  },
];

function get(call: Call): Answer {
  const pullRequest = pullRequestOf(call);
  if (call.params["fileName"] === undefined) {
    return listOf(pullRequest.attachments.map((one) => attachmentJson(call, pullRequest, one)));
  }
  const { name, content } = named(call, pullRequest);
  return {
    content: { type: "application/octet-stream", bytes: content },
    // The documents: whoever follows the link gets the file to download.
    headers: { "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  };
}

function create(call: Call): Answer {
  const pullRequest = contributeTo(call);
  const name = call.params["fileName"] ?? "";
  if (name === "") throw refusals.argument("An attachment needs a file name.");
  // How the service refuses a body of another type: azure-devops-python-api#322.
  if (!/^application\/octet-stream/i.test(call.headers["content-type"] ?? "")) {
    const message = "Nullable object must have a value.";
    throw new ApiError(500, "InvalidOperationException", message);
  }
  // UNVERIFIED (docs/unverified.md, S16): the portal gives each upload a name of its own.
  if (pullRequest.attachments.some((one) => isCalled(one, name))) {
    throw refusals.argument(`An attachment with the name ${name} exists already.`);
  }
  const attachment: Attachment = {
    id: (call.organisation.counters.next += 1),
    name,
    author: call.grant.identity,
    createdDate: call.organisation.clock.now().toISOString(),
    content: call.rawBody,
  };
  pullRequest.attachments.push(attachment);
  return { status: 201, json: attachmentJson(call, pullRequest, attachment) };
}

function remove(call: Call): Answer {
  const pullRequest = contributeTo(call);
  const { attachments } = pullRequest;
  attachments.splice(attachments.indexOf(named(call, pullRequest)), 1);
  return { status: 200 };
}

function named(call: Call, { attachments }: PullRequest): Attachment {
  const wanted = call.params["fileName"] ?? "";
  const found = attachments.find((one) => isCalled(one, wanted));
  if (found) return found;
  const message = `The attachment ${wanted} was not found in the pull request.`;
  throw new ApiError(404, "CodeReviewAttachmentNotFoundException", message);
}

function isCalled({ name }: Attachment, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

function attachmentJson({ organisation }: Call, pullRequest: PullRequest, one: Attachment) {
  const at = pullRequestUrl(organisation, pullRequest);
  return {
    id: one.id,
    displayName: one.name,
    contentHash: createHash("sha1").update(one.content).digest("hex"),
    author: identityRef(one.author, organisation.url),
    createdDate: one.createdDate,
    url: `${at}/attachments/${encodeURIComponent(one.name)}`,
  };
}
