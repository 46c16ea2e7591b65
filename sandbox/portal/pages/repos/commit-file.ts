import { call, list } from "../../rest.ts";
import type { Ref } from "../../rest-types.ts";

export type FileChange = { readonly type: "add" | "edit"; readonly text: string };

/** Makes one commit with one changed file; `to` may be a branch that is not there yet. */
export async function commitFile(options: {
  readonly project: string;
  readonly repository: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly change: FileChange;
  readonly message: string;
}): Promise<void> {
  const { project, repository, from, to, path, change, message } = options;
  const root = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}`;
  const tip = async (branch: string) =>
    (await list<Ref>(`${root}/refs?filter=${encodeURIComponent(`heads/${branch}`)}`)).find(
      ({ name }) => name === `refs/heads/${branch}`,
    )?.objectId;
  const oldObjectId = (await tip(to)) ?? (await tip(from));
  if (oldObjectId === undefined) throw new Error(`There is no branch ${from}.`);
  await call(`${root}/pushes?api-version=7.1`, {
    method: "POST",
    body: {
      refUpdates: [{ name: `refs/heads/${to}`, oldObjectId }],
      commits: [
        {
          comment: message.trim(),
          changes: [
            {
              changeType: change.type,
              item: { path: path.startsWith("/") ? path : `/${path}` },
              newContent: { content: base64(change.text), contentType: "base64encoded" },
            },
          ],
        },
      ],
    },
  });
}

/** @returns its number. */
export async function openPullRequest(options: {
  readonly project: string;
  readonly repository: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly description?: string;
  readonly isDraft?: boolean;
}): Promise<number> {
  const { project, repository, from, to, message, description = "", isDraft = false } = options;
  const { pullRequestId } = await call<{ readonly pullRequestId: number }>(
    `${project}/_apis/git/repositories/${encodeURIComponent(repository)}/pullrequests?api-version=7.1`,
    {
      method: "POST",
      body: {
        sourceRefName: `refs/heads/${from}`,
        targetRefName: `refs/heads/${to}`,
        title: message.trim(),
        description,
        isDraft,
      },
    },
  );
  return pullRequestId;
}

// Raw text would get a byte order mark on the service.
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
