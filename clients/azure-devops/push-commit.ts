import { HttpError } from "../../core/errors.ts";
import { type AzureDevOps, call, git, type RepositoryRef } from "./connection.ts";
import { listRefs, noObject, updateRef } from "./refs.ts";

export type PushedFile =
  | { readonly path: string; readonly content: Uint8Array; readonly isNew: boolean }
  | { readonly path: string; readonly isDeleted: true };

/**
 * Makes a branch of one new commit on top of another, with nothing but REST: for pages, which have no
 * git. @returns the commit. @throws HttpError, with no branch left behind where the push is refused.
 */
export async function pushNewBranch(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    /** `refs/heads/…`. */
    readonly ref: string;
    readonly parent: string;
    readonly message: string;
    readonly files: readonly PushedFile[];
  },
): Promise<string> {
  const { repo, ref, parent, message, files } = of;
  const made = await updateRef(ado, {
    repo,
    name: ref,
    oldObjectId: noObject,
    newObjectId: parent,
  });
  if (!made.success) {
    throw new HttpError(
      `Failed to make branch ${ref}: ${made.customMessage ?? made.updateStatus}`,
      {
        ...{ code: "branch-refused", status: 409 },
      },
    );
  }
  const json = {
    refUpdates: [{ name: ref, oldObjectId: parent }],
    commits: [{ comment: message, changes: files.map(changeOf) }],
  };
  try {
    const answer = await call(ado, { ...git(repo, "pushes"), method: "POST", json });
    const pushed = answer.json<{ readonly commits?: readonly { readonly commitId: string }[] }>();
    const [commit] = pushed.commits ?? [];
    if (commit !== undefined) return commit.commitId;
  } catch (error) {
    // A lost answer: the branch has moved.
    const head = await headOf(ado, { repo, ref });
    if (head !== undefined && head !== parent) return head;
    await updateRef(ado, { repo, name: ref, oldObjectId: parent, newObjectId: noObject });
    throw error;
  }
  return (await headOf(ado, { repo, ref })) ?? parent;
}

async function headOf(
  ado: AzureDevOps,
  { repo, ref }: { readonly repo: RepositoryRef; readonly ref: string },
): Promise<string | undefined> {
  const refs = await listRefs(ado, { repo, filter: ref.replace(/^refs\//, "") });
  return refs.find(({ name }) => name === ref)?.objectId;
}

function changeOf(file: PushedFile) {
  const item = { path: `/${file.path}` };
  if ("isDeleted" in file) return { changeType: "delete", item };
  const content = base64(file.content);
  const newContent = { content, contentType: "base64encoded" };
  return { changeType: file.isNew ? "add" : "edit", item, newContent };
}

function base64(bytes: Uint8Array): string {
  const step = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += step) {
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(text);
}
