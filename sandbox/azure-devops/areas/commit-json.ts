import { countChanges, type ChangeCounts, type RawCommit } from "../git/read-commits.ts";
import { identityRef } from "../identities.ts";
import type { Host } from "../host.ts";
import type { Repository } from "../repository.ts";
import { repositoryUrl, repositoryWeb } from "./repository-json.ts";

type At = { readonly organisation: Host; readonly repository: Repository };

/** Lists leave the parents out and cut the message at its first line, as the service does. */
export async function readCommitsJson(at: At, commits: readonly RawCommit[]) {
  const counts = await countChanges(
    at.repository.directory,
    commits.map(({ id }) => id),
  );
  return commits.map((commit) => commitInList(at, commit, counts.get(commit.id)));
}

function commitInList(at: At, commit: RawCommit, counts: ChangeCounts | undefined) {
  const [comment = ""] = commit.message.split("\n");
  return {
    ...headOf(commit),
    comment,
    ...(comment === commit.message ? {} : { commentTruncated: true }),
    changeCounts: counts ?? { Add: 0, Edit: 0, Delete: 0 },
    ...addressesOf(at, commit),
  };
}

/** A commit as it is answered alone. */
export function commitJson(at: At, commit: RawCommit) {
  const { organisation, repository } = at;
  const push = repository.pushes.get(commit.id);
  const { url, remoteUrl } = addressesOf(at, commit);
  return {
    treeId: commit.tree,
    ...headOf(commit),
    comment: commit.message,
    parents: commit.parents,
    url,
    remoteUrl,
    _links: {
      self: { href: url },
      repository: { href: repositoryUrl(organisation, repository) },
      web: { href: remoteUrl },
      changes: { href: `${url}/changes` },
    },
    ...(push
      ? {
          push: {
            pushedBy: identityRef(push.by, organisation.url),
            pushId: push.pushId,
            date: push.date,
          },
        }
      : {}),
  };
}

/** A commit inside other answers. */
export function commitRef(at: At, commit: RawCommit) {
  return { ...headOf(commit), comment: commit.message, url: addressesOf(at, commit).url };
}

function headOf({ id, author, committer }: RawCommit) {
  return { commitId: id, author, committer };
}

function addressesOf({ organisation, repository }: At, { id }: RawCommit) {
  return {
    url: `${repositoryUrl(organisation, repository)}/commits/${id}`,
    remoteUrl: `${repositoryWeb(organisation, repository)}/commit/${id}`,
  };
}
