import { ApiError, refusals } from "../api-error.ts";
import { zeros } from "../events.ts";
import { readEntryAt, readBlob, writeCommit, type FileEdit } from "../git/objects.ts";
import type { Call } from "../route.ts";
import type { Repository } from "../repository.ts";
import { cleanPath } from "./items.ts";

export type PushedCommit = {
  readonly comment?: string;
  readonly author?: { readonly name?: string; readonly email?: string; readonly date?: string };
  readonly parents?: readonly string[];
  readonly changes?: readonly PushedChange[];
};

type PushedChange = {
  readonly changeType?: string | number;
  readonly item?: { readonly path?: string };
  readonly newContent?: { readonly content?: string; readonly contentType?: string | number };
  readonly newContentTemplate?: unknown;
  readonly sourceServerItem?: string;
};

/** Writes the commits of a REST push one on the other; answers their ids. No ref moves. */
export async function writePushed(
  call: Call,
  repository: Repository,
  { parent, commits }: { readonly parent: string; readonly commits: readonly PushedCommit[] },
): Promise<readonly string[]> {
  const { identity } = call.grant;
  const ids: string[] = [];
  let tip = parent === zeros ? undefined : parent;
  for (const { comment = "", author, changes = [] } of commits) {
    const edits: FileEdit[] = [];
    for (const change of changes) edits.push(...(await readEditsOf(repository, tip, change)));
    tip = await writeCommit(repository.directory, {
      parent: tip,
      edits,
      message: comment,
      author: {
        name: author?.name?.trim() || identity.displayName,
        email: author?.email?.trim() || identity.uniqueName,
        date: dateOf(author?.date) ?? call.organisation.clock.now(),
      },
    });
    repository.size += edits.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
    ids.push(tip);
  }
  return ids;
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

async function readEditsOf(
  repository: Repository,
  commit: string | undefined,
  change: PushedChange,
): Promise<readonly FileEdit[]> {
  const path = cleanPath(change.item?.path ?? "");
  if (path === "" || /(^|\/)(\.\.?|\.git)(\/|$)/i.test(path)) {
    throw refusals.argument(`The path "${change.item?.path ?? ""}" is not valid.`);
  }
  const { directory } = repository;
  const old = commit === undefined ? undefined : await readEntryAt(directory, { commit, path });
  switch (kindOf(change)) {
    case "add":
      // How the service words these two refusals is not public: UNVERIFIED.
      if (old) throw refusals.argument(`The path /${path} of an added item exists already.`);
      return [{ path, content: contentOf(change) }];
    case "edit":
      if (!old) throw refusals.item(`/${path}`, commit ?? zeros);
      return [{ path, content: contentOf(change), mode: old.mode }];
    case "delete":
      if (!old) throw refusals.item(`/${path}`, commit ?? zeros);
      return [{ path, content: undefined }];
    case "rename": {
      const from = cleanPath(change.sourceServerItem ?? "");
      const moved = commit && (await readEntryAt(directory, { commit, path: from }));
      if (!moved) throw refusals.item(`/${from}`, commit ?? zeros);
      const content = change.newContent ? contentOf(change) : await readBlob(directory, moved.id);
      return [
        { path: from, content: undefined },
        { path, content, mode: moved.mode },
      ];
    }
  }
}

// Names in any case, or VersionControlChangeType's numbers.
function kindOf({ changeType }: PushedChange): "add" | "edit" | "delete" | "rename" {
  switch (String(changeType).toLowerCase()) {
    case "add":
    case "1":
      return "add";
    case "edit":
    case "2":
      return "edit";
    case "delete":
    case "16":
      return "delete";
    case "rename":
    case "rename, edit":
    case "edit, rename":
    case "8":
    case "10":
      return "rename";
    default:
      throw refusals.argument(`"${String(changeType)}" is not a change that can be pushed.`);
  }
}

function contentOf({ newContent, newContentTemplate }: PushedChange): Buffer {
  if (newContentTemplate) {
    throw new ApiError(501, "SandboxNotImplemented", "The sandbox has no content templates.");
  }
  const { content = "", contentType = "rawtext" } = newContent ?? {};
  const isBase64 = ["base64encoded", "1"].includes(String(contentType).toLowerCase());
  return Buffer.from(content, isBase64 ? "base64" : "utf8");
}
