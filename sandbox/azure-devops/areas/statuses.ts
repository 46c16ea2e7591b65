import { refusals } from "../api-error.ts";
import { resolveCommit } from "../git/objects.ts";
import { identityRef } from "../identities.ts";
import { numberOf } from "../paging.ts";
import type { Call, Route } from "../route.ts";
import type { Host } from "../host.ts";
import type { GitStatus } from "../repository.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { gitList } from "./repositories.ts";

const statusStates = [
  "notSet",
  "pending",
  "succeeded",
  "failed",
  "error",
  "notApplicable",
  "partiallySucceeded",
];

// Statuses - Create, List (REST 7.1). The same context again is a new status with a new id; the
// author is set by the service, whatever the caller says.
export const statusRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "statuses",
    id: "428dd4fb-fda5-4722-af02-9313b80305da",
    template: "{project?}/_apis/git/repositories/{repositoryId}/commits/{commitId}/statuses",
    resourceVersion: 2,
    minVersion: "2.1",
    methods: { GET: listStatuses, POST: createStatus },
  },
];

async function listStatuses(call: Call) {
  const repository = repositoryOf(call);
  const all = repository.statuses.get(await demandCommit(call)) ?? [];
  const shown = call.query["latestonly"]?.toLowerCase() === "true" ? latestOnly(all) : all;
  const skip = numberOf(call, "skip", 0);
  const top = numberOf(call, "top", 1000);
  return gitList(
    shown.slice(skip, skip + top).map((status) => statusJson(call.organisation, status)),
  );
}

async function createStatus(call: Call) {
  const repository = repositoryOf(call);
  demand(call, "PullRequestContribute", { repository });
  const commit = await demandCommit(call);
  const body = (call.body ?? {}) as {
    readonly state?: string | number;
    readonly description?: string;
    readonly targetUrl?: string;
    readonly context?: { readonly name?: string; readonly genre?: string };
  };
  const name = body.context?.name;
  if (!name) throw refusals.argument("A status needs a context with a name.");
  const state = readState(body.state);
  const { organisation, grant } = call;
  const status: GitStatus = {
    id: (organisation.counters.nextStatus += 1),
    state,
    description: body.description,
    targetUrl: body.targetUrl,
    context: { name, genre: body.context?.genre },
    createdBy: grant.identity,
    creationDate: organisation.clock.now().toISOString(),
  };
  repository.statuses.set(commit, [...(repository.statuses.get(commit) ?? []), status]);
  return { status: 201, json: statusJson(organisation, status) };
}

/** By name in any case, or by number, as clients in browsers send it. */
export function readState(given: string | number | undefined): string {
  const wanted = String(given ?? "").toLowerCase();
  const state = statusStates.find(
    (known, index) => known.toLowerCase() === wanted || String(index) === wanted,
  );
  if (!state) throw refusals.argument(`"${wanted}" is not a status state.`);
  return state;
}

async function demandCommit(call: Call): Promise<string> {
  const wanted = call.params["commitId"] ?? "";
  const found = await resolveCommit(repositoryOf(call).directory, wanted);
  if (!found) throw refusals.commit(wanted);
  return found;
}

/** The newest of each context, newest first. */
export function latestOnly(statuses: readonly GitStatus[]): readonly GitStatus[] {
  const byContext = new Map<string, GitStatus>();
  for (const status of statuses) {
    byContext.set(`${status.context.genre ?? ""}\0${status.context.name}`, status);
  }
  return [...byContext.values()].sort((a, b) => b.id - a.id);
}

export function statusJson(organisation: Host, status: GitStatus) {
  return {
    id: status.id,
    state: status.state,
    ...(status.description === undefined ? {} : { description: status.description }),
    context: {
      name: status.context.name,
      ...(status.context.genre === undefined ? {} : { genre: status.context.genre }),
    },
    creationDate: status.creationDate,
    updatedDate: status.creationDate,
    createdBy: identityRef(status.createdBy, organisation.url),
    ...(status.targetUrl === undefined ? {} : { targetUrl: status.targetUrl }),
  };
}
