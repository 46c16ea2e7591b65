import { ApiError, refusals } from "../api-error.ts";
import { entryAt, readBlob, resolveCommit, writeCommit, type FileEdit } from "../git/objects.ts";
import { currentId, moveRef, refuseRefChange } from "../git/update-ref.ts";
import { identityRef } from "../identities.ts";
import { zeros } from "../events.ts";
import type { Call, Route } from "../route.ts";
import type { Repository } from "../state.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { repositoryRef } from "./repositories.ts";

// Pushes - Create (REST 7.1): commits made on the server, without a clone.
export const pushRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pushes",
    id: "ea98d07b-3c87-4971-8ede-a613694ffb55",
    template: "{project?}/_apis/git/repositories/{repositoryId}/pushes",
    resourceVersion: 2,
    methods: { POST: createPush },
  },
];

type Change = {
  readonly changeType: string;
  readonly item?: { readonly path?: string };
  readonly sourceServerItem?: string;
  readonly newContent?: { readonly content?: string; readonly contentType?: string };
};
type Body = {
  readonly refUpdates?: readonly { readonly name: string; readonly oldObjectId: string }[];
  readonly commits?: readonly { readonly comment?: string; readonly changes?: readonly Change[] }[];
};

async function createPush(call: Call) {
  const repository = repositoryOf(call);
  demand(call, "GenericContribute");
  const { refUpdates: [update] = [], commits = [] } = call.body as Body;
  if (!update || commits.length === 0) {
    throw refusals.argument("A push needs one ref update and at least one commit.");
  }
  const { organisation, grant } = call;
  const ref = update.name;
  const current = await currentId(repository, ref);
  // A new branch begins at the commit that stands as the old one; zeros begin one without history.
  const old = current === zeros ? zeros : update.oldObjectId;
  const parent = update.oldObjectId === zeros ? undefined : update.oldObjectId;
  if (parent && !(await resolveCommit(repository.directory, parent))) {
    throw new ApiError(
      500,
      "GitObjectDoesNotExistException",
      `TF401035: The object '${parent}' does not exist.`,
    );
  }
  const author = {
    name: grant.identity.displayName,
    email: grant.identity.uniqueName,
    date: organisation.clock.now(),
  };
  const made: { readonly id: string; readonly comment: string }[] = [];
  for (const { comment = "", changes = [] } of commits) {
    const before = made.at(-1)?.id ?? parent;
    const edits = await editsOf(repository, before, changes);
    const commit = { parent: before, edits, message: `${comment}\n`, author };
    made.push({ id: await writeCommit(repository.directory, commit), comment });
  }
  const change = { ref, oldId: old, newId: made.at(-1)?.id ?? zeros, by: grant.identity };
  const refusal = await refuseRefChange(repository, change);
  if (refusal) throw pushRefusal(refusal);
  await moveRef(organisation, repository, change);

  const root = `${organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}`;
  const push = repository.pushes.get(change.newId);
  const person = { name: author.name, email: author.email, date: author.date.toISOString() };
  return {
    status: 201,
    json: {
      commits: made.map(({ id, comment }) => ({
        commitId: id,
        author: person,
        committer: person,
        comment,
        url: `${root}/commits/${id}`,
      })),
      refUpdates: [
        { repositoryId: repository.id, name: ref, oldObjectId: old, newObjectId: change.newId },
      ],
      repository: repositoryRef(organisation, repository),
      pushedBy: identityRef(grant.identity, organisation.url),
      pushId: push?.pushId ?? 0,
      date: push?.date ?? person.date,
      url: `${root}/pushes/${push?.pushId ?? 0}`,
    },
  };
}

async function editsOf(
  repository: Repository,
  commit: string | undefined,
  changes: readonly Change[],
): Promise<readonly FileEdit[]> {
  const edits: FileEdit[] = [];
  for (const { changeType, item, sourceServerItem, newContent } of changes) {
    const path = clean(item?.path ?? "");
    const entry = (at: string) =>
      commit && at ? entryAt(repository.directory, { commit, path: at }) : undefined;
    const old = await entry(path);
    const kind = changeType.toLowerCase();
    if (path === "" || /(^|\/)(\.\.?|\.git)(\/|$)/.test(path)) {
      throw refusals.argument(`The path "${item?.path ?? ""}" is not valid.`);
    }
    if (kind === "add" ? old !== undefined : kind !== "rename" && old === undefined) {
      // The exact type of this refusal is not known; see docs/unverified.md.
      throw refusals.argument(
        kind === "add"
          ? `TF401028: The item /${path} exists already.`
          : `TF401174: The item /${path} could not be found.`,
      );
    }
    if (kind === "delete") edits.push({ path, content: undefined });
    else if (kind === "rename") {
      const from = clean(sourceServerItem ?? "");
      const moved = await entry(from);
      if (!moved) throw refusals.item(`/${from}`, commit ?? "");
      const content = newContent
        ? contentOf(newContent)
        : await readBlob(repository.directory, moved.id);
      edits.push({ path: from, content: undefined }, { path, content, mode: moved.mode });
    } else if (kind === "add" || kind === "edit") {
      edits.push({
        path,
        content: contentOf(newContent ?? {}),
        ...(old ? { mode: old.mode } : {}),
      });
    } else throw refusals.argument(`The sandbox does not know the change type ${changeType}.`);
  }
  return edits;
}

// Raw text gets a byte order mark, as the recorded answers' tree ids show.
function contentOf({ content = "", contentType }: NonNullable<Change["newContent"]>): Buffer {
  return contentType?.toLowerCase() === "base64encoded"
    ? Buffer.from(content, "base64")
    : Buffer.from(`\uFEFF${content}`);
}

function pushRefusal({ updateStatus, message }: { updateStatus: string; message: string }) {
  switch (updateStatus) {
    case "staleOldObjectId":
      return new ApiError(409, "GitReferenceStaleException", message);
    case "createBranchPermissionRequired":
      return new ApiError(403, "GitNeedsPermissionException", message);
    case "rejectedByPolicy":
      return new ApiError(403, "GitPullRequestRequiredException", message);
    default:
      return refusals.argument(message);
  }
}

function clean(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
