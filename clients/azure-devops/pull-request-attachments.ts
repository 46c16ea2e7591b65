import { type AzureDevOps, call, git, list, type RepositoryRef } from "./connection.ts";
import type { IdentityRef } from "../../core/azure-devops/types.ts";
import { writeOnce } from "./write-once.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

export type Attachment = {
  readonly displayName: string;
  /** Also a link for people who are signed in. */
  readonly url: string;
  /** Set by the service. */
  readonly author?: IdentityRef;
  readonly createdDate?: string;
};

/** Larger ones are not read. */
const longest = 8 * 1024 * 1024;

/** The text of a file that is attached. */
export async function readAttachment(
  ado: AzureDevOps,
  { repo, id, name }: OfPullRequest & { readonly name: string },
): Promise<string> {
  const route = git(repo, "pullRequests", id, "attachments", name);
  const headers = { Accept: "application/octet-stream" };
  return (await call(ado, { ...route, headers, maxBytes: longest })).text();
}

export function listAttachments(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<readonly Attachment[]> {
  return list(ado, git(repo, "pullRequests", id, "attachments"));
}

/** Refused where another file of that name is there already. */
export function attachFile(
  ado: AzureDevOps,
  { repo, id, name, text }: OfPullRequest & { readonly name: string; readonly text: string },
): Promise<Attachment> {
  return writeOnce({
    send: async () => {
      const answer = await call(ado, {
        ...git(repo, "pullRequests", id, "attachments", name),
        method: "POST",
        headers: { "Content-Type": "application/octet-stream" },
        body: new TextEncoder().encode(text),
      });
      return answer.json<Attachment>();
    },
    look: async () => {
      const there = await listAttachments(ado, { repo, id });
      return there.find(({ displayName }) => displayName === name);
    },
  });
}
