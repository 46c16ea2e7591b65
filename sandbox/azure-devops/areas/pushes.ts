import { ApiError, refusals } from "../api-error.ts";
import { zeros } from "../events.ts";
import { readObjectType } from "../git/objects.ts";
import { readRef } from "../git/read-ref.ts";
import { readCommits, type RawCommit } from "../git/read-commits.ts";
import { moveRef, refuseRefChange, type RefRefusal } from "../git/update-ref.ts";
import { identityRef } from "../identities.ts";
import { numberOf } from "../paging.ts";
import type { Call, Route } from "../route.ts";
import type { Host } from "../host.ts";
import type { Policies } from "../policies/policy.ts";
import type { PushRecord, Repository } from "../repository.ts";
import { commitJson } from "./commit-json.ts";
import { repositoryOf } from "./git-call.ts";
import { gitList } from "./repositories.ts";
import { repositoryRef, repositoryUrl } from "./repository-json.ts";
import { writePushed, type PushedCommit } from "./write-pushed.ts";

const base = "{project?}/_apis/git/repositories/{repositoryId}/pushes";

// Pushes - Create, Get, List (REST 7.1): commits made from file changes, without git.
export const pushRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pushes",
    id: "ea98d07b-3c87-4971-8ede-a613694ffb55",
    template: `${base}/{pushId?}`,
    resourceVersion: 3,
    methods: {
      GET: (call) => (call.params["pushId"] === undefined ? list(call) : get(call)),
      POST: push,
    },
  },
  {
    area: "git",
    resource: "commits",
    id: "168b4bb9-d936-4cd9-8a5f-66d6f6b23192",
    template: `${base}/{pushId}/commits`,
    methods: { GET: getCommits },
  },
];

type Body = {
  readonly refUpdates?: readonly { readonly name?: string; readonly oldObjectId?: string }[];
  readonly commits?: readonly PushedCommit[];
};

async function push(call: Call) {
  const repository = repositoryOf(call);
  const { organisation, grant } = call;
  const { refUpdates: [update] = [], commits: pushed = [] } = (call.body ?? {}) as Body;
  const { name: ref = "", oldObjectId = zeros } = update ?? {};
  if (!ref || pushed.length === 0) {
    throw refusals.argument("A push needs one reference and at least one commit.");
  }
  if (oldObjectId !== zeros && !(await readObjectType(repository.directory, oldObjectId))) {
    throw refusals.object(oldObjectId, 500);
  }
  const oldId = await readOldTip(repository, ref, oldObjectId);
  const asked = { ref, oldId, newId: oldObjectId, by: grant.identity };
  await allow(organisation, repository, { ...asked, newId: zeros, forward: true });
  const ids = await writePushed(call, repository, { parent: oldObjectId, commits: pushed });
  const change = { ...asked, newId: ids.at(-1) ?? oldObjectId };
  await allow(organisation, repository, change);
  await moveRef(organisation, repository, change);
  const record = repository.pushLog.at(-1);
  if (!record) throw new Error("a push that was not recorded");
  const made = await readCommits(repository.directory, ["--no-walk=unsorted", ...ids]);
  return {
    status: 201,
    json: {
      commits: made.map((commit) => withoutPush(call, repository, commit)),
      ...pushJson(organisation, repository, record),
      _links: linksOf(organisation, repository, record),
    },
  };
}

// A new branch may grow from any commit: `oldObjectId` then is that commit, not the branch's tip.
async function readOldTip(
  repository: Repository,
  ref: string,
  oldObjectId: string,
): Promise<string> {
  const tip = await readRef(repository.directory, ref);
  return tip === undefined ? zeros : oldObjectId;
}

type Asked = Parameters<typeof refuseRefChange>[2] & { readonly forward?: boolean };

async function allow(organisation: Policies, repository: Repository, asked: Asked) {
  const { forward, ...change } = asked;
  // Before the commits exist only the reference can be judged, not where it goes.
  const judged = forward ? { ...change, newId: change.oldId } : change;
  const refusal = await refuseRefChange(organisation, repository, judged);
  if (refusal) throw refusedPush(refusal);
}

function refusedPush({ updateStatus, message }: RefRefusal): ApiError {
  switch (updateStatus) {
    case "staleOldObjectId":
      return new ApiError(409, "GitReferenceStaleException", message);
    case "rejectedByPolicy":
      return new ApiError(403, "GitRefUpdateRejectedByPolicyException", message);
    case "writePermissionRequired":
    case "createBranchPermissionRequired":
    case "createTagPermissionRequired":
    case "forcePushRequired":
      return new ApiError(403, "GitNeedsPermissionException", message);
    // The service's own types of these are not public: UNVERIFIED.
    case "locked":
    case "refNameConflict":
    case "unresolvableToCommit":
    case "invalidRefName":
      return refusals.argument(message);
  }
}

function list(call: Call) {
  const repository = repositoryOf(call);
  const { organisation, query } = call;
  const criterion = (name: string) => query[`searchcriteria.${name}`] ?? query[name];
  const wantedRef = criterion("refname");
  const withRefs = criterion("includerefupdates")?.toLowerCase() === "true";
  const found = repository.pushLog
    .filter(
      ({ by, date, refUpdates }) =>
        (!wantedRef || refUpdates.some(({ ref }) => ref === wantedRef)) &&
        (!criterion("pusherid") || by.id === criterion("pusherid")) &&
        (!criterion("fromdate") || date >= (criterion("fromdate") ?? "")) &&
        (!criterion("todate") || date <= (criterion("todate") ?? "")),
    )
    .reverse();
  const skip = numberOf(call, "$skip", 0);
  const page = found.slice(skip, skip + numberOf(call, "$top", 100));
  return gitList(
    page.map((one) => {
      const { refUpdates, ...rest } = pushJson(organisation, repository, one);
      return withRefs ? { refUpdates, ...rest } : rest;
    }),
  );
}

async function get(call: Call) {
  const repository = repositoryOf(call);
  const record = recordOf(call, repository);
  const top = numberOf(call, "includecommits", 100);
  const commits = await listCommitsOf(repository, record);
  const withRefs = call.query["includerefupdates"]?.toLowerCase() === "true";
  const { refUpdates, ...rest } = pushJson(call.organisation, repository, record);
  return {
    json: {
      commits: commits.slice(0, top).map((one) => withoutPush(call, repository, one)),
      ...(withRefs ? { refUpdates } : {}),
      ...rest,
      _links: linksOf(call.organisation, repository, record),
    },
  };
}

async function getCommits(call: Call) {
  const repository = repositoryOf(call);
  const commits = await listCommitsOf(repository, recordOf(call, repository));
  return gitList(commits.map((one) => withoutPush(call, repository, one)));
}

function withoutPush(call: Call, repository: Repository, commit: RawCommit) {
  const { push: ignored, _links, ...rest } = commitJson({ ...call, repository }, commit);
  void ignored;
  void _links;
  return rest;
}

function recordOf(call: Call, repository: Repository): PushRecord {
  const id = call.params["pushId"] ?? "";
  const found = repository.pushLog.find(({ pushId }) => pushId === Number(id));
  if (found) return found;
  throw new ApiError(404, "GitPushNotFoundException", `The push ${id} was not found.`);
}

async function listCommitsOf(repository: Repository, { pushId }: PushRecord) {
  const ids = [...repository.pushes].filter(([, push]) => push.pushId === pushId).map(([id]) => id);
  if (ids.length === 0) return [];
  return readCommits(repository.directory, ["--no-walk=unsorted", ...ids]);
}

function pushJson(organisation: Host, repository: Repository, record: PushRecord) {
  return {
    refUpdates: record.refUpdates.map(({ ref, oldId, newId }) => ({
      repositoryId: repository.id,
      name: ref,
      oldObjectId: oldId,
      newObjectId: newId,
    })),
    repository: repositoryRef(organisation, repository),
    pushedBy: identityRef(record.by, organisation.url),
    pushId: record.pushId,
    date: record.date,
    url: `${repositoryUrl(organisation, repository)}/pushes/${record.pushId}`,
  };
}

function linksOf(organisation: Host, repository: Repository, record: PushRecord) {
  const root = repositoryUrl(organisation, repository);
  const self = `${root}/pushes/${record.pushId}`;
  return {
    self: { href: self },
    repository: { href: root },
    commits: { href: `${self}/commits` },
    pusher: { href: `${organisation.url}/_apis/Identities/${record.by.id}` },
    refs: { href: `${root}/refs/${record.refUpdates[0]?.ref.replace("refs/", "") ?? ""}` },
  };
}
