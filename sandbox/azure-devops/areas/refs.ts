import { refusals } from "../api-error.ts";
import { identityRef } from "../identities.ts";
import { zeros } from "../events.ts";
import { readObjectType } from "../git/objects.ts";
import { listRefs, type ListedRef } from "../git/list-refs.ts";
import { refuseRefChange, type RefRefusal, tryMoveRef } from "../git/update-ref.ts";
import { continued } from "../paging.ts";
import { hasRight, lacks } from "../rights.ts";
import type { Call, Route } from "../route.ts";
import type { Repository } from "../repository.ts";
import { repositoryOf } from "./git-call.ts";
import { gitList } from "./repositories.ts";
import { repositoryUrl } from "./repository-json.ts";
import { latestOnly, statusJson } from "./statuses.ts";
import { textGiven } from "../text-given.ts";

// Refs - List, Update Refs, Update Ref (REST 7.1). Failures stand in the item; the call itself
// answers 200.
export const refRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "refs",
    id: "2d874a60-a811-4f62-9c9f-963a6ea0a55b",
    template: "{project?}/_apis/git/repositories/{repositoryId}/refs/{*filter}",
    resourceVersion: 2,
    methods: { GET: getRefs, POST: updateRefs, PATCH: lockRef },
  },
];

async function getRefs(call: Call) {
  const repository = repositoryOf(call);
  const prefix = `refs/${filterOf(call)}`;
  const contains = call.query["filtercontains"]?.toLowerCase();
  const refs = (await listRefs(repository.directory)).filter(
    ({ name }) => name.startsWith(prefix) && (!contains || name.toLowerCase().includes(contains)),
  );
  const { items, headers } = continued(call, refs, ({ name }) => name);
  return { ...gitList(items.map((ref) => refJson(call, repository, ref))), headers };
}

function filterOf(call: Call): string {
  return (call.query["filter"] ?? call.params["filter"] ?? "").replace(/^refs\//, "");
}

function refJson(call: Call, repository: Repository, { name, objectId, peeled }: ListedRef) {
  const { organisation } = call;
  const locker = repository.locks.get(name);
  const creator =
    repository.creators.get(name) ??
    repository.pushes.get(objectId)?.by ??
    repository.project.buildService;
  const peel = call.query["peeltags"]?.toLowerCase() === "true";
  return {
    name,
    objectId,
    ...(locker ? { isLockedBy: identityRef(locker, organisation.url), isLocked: true } : {}),
    creator: identityRef(creator, organisation.url),
    ...(peel && peeled !== undefined ? { peeledObjectId: peeled } : {}),
    url: `${repositoryUrl(organisation, repository)}/refs?filter=${encodeURIComponent(name.slice(5))}`,
    ...statusesOf(call, repository, peeled ?? objectId),
  };
}

function statusesOf(call: Call, repository: Repository, commit: string) {
  const newest = call.query["lateststatusesonly"]?.toLowerCase() === "true";
  if (!newest && call.query["includestatuses"]?.toLowerCase() !== "true") return {};
  const all = repository.statuses.get(commit) ?? [];
  if (all.length === 0) return {};
  const shown = (newest ? latestOnly(all) : all).slice(-1000);
  return { statuses: shown.map((status) => statusJson(call.organisation, status)) };
}

type Update = {
  readonly name?: string;
  readonly oldObjectId?: string;
  readonly newObjectId?: string;
  readonly isLocked?: boolean;
};

async function updateRefs(call: Call) {
  const repository = repositoryOf(call);
  if (!Array.isArray(call.body)) {
    throw refusals.argument("Value cannot be null.\r\nParameter name: refUpdates");
  }
  const results = [];
  for (const update of call.body as readonly Update[]) {
    const name = textGiven(update.name, "name") ?? "";
    const oldObjectId = textGiven(update.oldObjectId, "oldObjectId") ?? zeros;
    const newObjectId = textGiven(update.newObjectId, "newObjectId") ?? zeros;
    const change = { ref: name, oldId: oldObjectId, newId: newObjectId, by: call.grant.identity };
    const refusal =
      (await findUnresolvable(repository, newObjectId)) ??
      (await refuseRefChange(call.organisation, repository, change)) ??
      (await findNameConflict(repository, change)) ??
      (oldObjectId === newObjectId
        ? undefined
        : await tryMoveRef(call.organisation, repository, change));
    results.push({
      repositoryId: repository.id,
      name,
      oldObjectId,
      newObjectId,
      isLocked: update.isLocked ?? false,
      updateStatus: refusal?.updateStatus ?? "succeeded",
      success: refusal === undefined,
      ...(refusal ? { customMessage: refusal.message } : {}),
    });
  }
  return gitList(results);
}

async function findUnresolvable(
  repository: Repository,
  id: string,
): Promise<RefRefusal | undefined> {
  if (id === zeros || (await readObjectType(repository.directory, id))) return undefined;
  return {
    updateStatus: "unresolvableToCommit",
    message: `TF401035: The object '${id}' does not exist.`,
  };
}

// git keeps refs as files: one cannot be the folder of another.
async function findNameConflict(
  repository: Repository,
  { ref, oldId }: { readonly ref: string; readonly oldId: string },
): Promise<RefRefusal | undefined> {
  if (oldId !== zeros) return undefined;
  const other = (await listRefs(repository.directory)).find(
    ({ name }) => name.startsWith(`${ref}/`) || ref.startsWith(`${name}/`),
  );
  if (!other) return undefined;
  return {
    updateStatus: "refNameConflict",
    message: `The reference '${ref}' conflicts with the name of '${other.name}'.`,
  };
}

async function lockRef(call: Call) {
  const repository = repositoryOf(call);
  const { identity } = call.grant;
  const wanted = `refs/${filterOf(call)}`;
  const ref = (await listRefs(repository.directory)).find(({ name }) => name === wanted);
  if (!ref) throw refusals.ref(wanted);
  const { isLocked } = (call.body ?? {}) as { isLocked?: boolean };
  const locker = repository.locks.get(wanted);
  const place = { repository, ref: wanted };
  if (!hasRight(identity, "GenericContribute", place)) {
    throw lacks(identity, "GenericContribute", "branch");
  }
  if (locker && locker !== identity && !hasRight(identity, "RemoveOthersLocks", place)) {
    throw lacks(identity, "RemoveOthersLocks", "branch");
  }
  if (isLocked) repository.locks.set(wanted, locker ?? identity);
  else repository.locks.delete(wanted);
  return { json: refJson(call, repository, ref) };
}
