import { identityRef } from "../identities.ts";
import { git } from "../git/run-git.ts";
import { moveRef, refuseRefChange } from "../git/update-ref.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Repository } from "../state.ts";
import { repositoryOf } from "./git-call.ts";
import { latestOnly, statusJson } from "./statuses.ts";

// Refs - List, Update Refs (REST 7.1). Failures stand in the item; the call itself answers 200.
export const refRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "refs",
    id: "2d874a60-a811-4f62-9c9f-963a6ea0a55b",
    template: "{project?}/_apis/git/repositories/{repositoryId}/refs",
    resourceVersion: 2,
    methods: { GET: listRefs, POST: updateRefs },
  },
];

async function listRefs(call: Call) {
  const repository = repositoryOf(call);
  const prefix = `refs/${call.query["filter"] ?? ""}`;
  const contains = call.query["filtercontains"];
  const out = await git(repository.directory, [
    "for-each-ref",
    "--format=%(refname) %(objectname)",
    "refs/heads",
    "refs/tags",
    "refs/pull",
  ]);
  const refs = out
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" ") as [string, string])
    .filter(([name]) => name.startsWith(prefix) && (!contains || name.includes(contains)));
  const skip = Number(call.query["$skip"] ?? 0);
  const top = Number(call.query["$top"] ?? refs.length);
  return listOf(
    refs.slice(skip, skip + top).map(([name, objectId]) => ({
      name,
      objectId,
      creator: identityRef(
        repository.pushes.get(objectId)?.by ?? repository.project.buildService,
        call.organisation.url,
      ),
      url: `${call.organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}/refs?filter=${encodeURIComponent(name.slice(5))}`,
      ...statusesOf(call, repository, objectId),
    })),
  );
}

function statusesOf(call: Call, repository: Repository, commit: string) {
  const newest = call.query["lateststatusesonly"] === "true";
  if (!newest && call.query["includestatuses"] !== "true") return {};
  const all = repository.statuses.get(commit) ?? [];
  if (all.length === 0) return {};
  const shown = newest ? latestOnly(all) : all;
  return { statuses: shown.map((status) => statusJson(call.organisation, status)) };
}

async function updateRefs(call: Call) {
  const repository = repositoryOf(call);
  const updates = call.body as readonly {
    readonly name: string;
    readonly oldObjectId: string;
    readonly newObjectId: string;
  }[];
  const results = [];
  for (const { name, oldObjectId, newObjectId } of updates) {
    const change = {
      ref: name,
      oldId: oldObjectId,
      newId: newObjectId,
      by: call.grant.identity,
    };
    const refusal = await refuseRefChange(repository, change);
    if (!refusal) await moveRef(call.organisation, repository, change);
    results.push({
      repositoryId: repository.id,
      name,
      oldObjectId,
      newObjectId,
      isLocked: false,
      updateStatus: refusal?.updateStatus ?? "succeeded",
      success: refusal === undefined,
      ...(refusal ? { customMessage: refusal.message } : {}),
    });
  }
  return listOf(results);
}
