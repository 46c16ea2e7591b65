import { TerminalError } from "../../core/errors.ts";
import { getCommit } from "./commits.ts";
import { type AzureDevOps, call, git, oddAnswer, type RepositoryRef } from "./connection.ts";
import { listRefs } from "./refs.ts";
import { writeOnce } from "./write-once.ts";

/** One file of a commit that is made without a clone. `content` absent: the file goes. */
export type PushedFile = {
  /** Without a leading slash. */
  readonly path: string;
  readonly content?: Uint8Array;
  /** Whether the commit below has it. */
  readonly exists: boolean;
};

/**
 * Makes one commit on a new branch. @returns its id; the branch's own where it was made before.
 * Regular files only: a link or an executable bit would be lost.
 */
export async function pushNewBranch(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    /** `refs/heads/…` */
    readonly ref: string;
    /** The commit that it grows from. */
    readonly onto: string;
    readonly message: string;
    readonly files: readonly PushedFile[];
  },
): Promise<string> {
  const { repo, ref, onto, message, files } = of;
  const look = async () => {
    const refs = await listRefs(ado, { repo, filter: ref.replace(/^refs\//, "") });
    return refs.find(({ name }) => name === ref)?.objectId;
  };
  const there = await look();
  if (there !== undefined) {
    // What somebody else put there is not what the pull request would say of it.
    const [parent] = (await getCommit(ado, { repo, commit: there }))?.parents ?? [];
    if (parent === onto) return there;
    throw new TerminalError(
      `Failed to make branch ${ref.replace(/^refs\/heads\//, "")}: it is there already, and does not grow from ${onto.slice(0, 8)}`,
      { code: "branch-name-taken", hint: "Delete that branch if nobody needs it, then try again." },
    );
  }
  const json = {
    refUpdates: [{ name: ref, oldObjectId: onto }],
    commits: [{ comment: message, changes: files.map(changeOf) }],
  };
  return writeOnce({
    send: async () => {
      const answer = await call(ado, { ...git(repo, "pushes"), method: "POST", json });
      const { refUpdates } = answer.json<{
        readonly refUpdates?: readonly { readonly newObjectId?: string }[];
      }>();
      const commit = refUpdates?.[0]?.newObjectId;
      if (commit === undefined) throw oddAnswer(`it does not tell the commit on ${ref}`);
      return commit;
    },
    look,
  });
}

function changeOf({ path, content, exists }: PushedFile) {
  const item = { path: `/${path}` };
  if (content === undefined) return { changeType: "delete", item };
  return {
    changeType: exists ? "edit" : "add",
    item,
    newContent: { content: base64(content), contentType: "base64encoded" },
  };
}

// In pieces: a whole file as arguments of one call would be too many.
function base64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let text = "";
  for (let start = 0; start < bytes.length; start += piece) {
    text += String.fromCharCode(...bytes.subarray(start, start + piece));
  }
  return btoa(text);
}
