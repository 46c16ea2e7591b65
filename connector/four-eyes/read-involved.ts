import { getCommit } from "../../clients/azure-devops/commits.ts";
import { listPullRequestCommits } from "../../clients/azure-devops/pull-request-history.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { buildScopeOf } from "../../core/gate/build-identity.ts";
import { parseTrailers } from "../../core/run/trailers.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { isPerson, someoneIn, someoneOf, type Directory } from "./directory.ts";
import { readRun, type RunRoom } from "./read-run.ts";
import { mostCommits, readWriters, type Found } from "./read-writers.ts";

/** Everybody who had a hand in a pull request, and what of it could not be told. */
export async function readInvolved(
  room: RunRoom & Pick<Connector, "host">,
  directory: Directory,
  of: { readonly repository: ManifestsRepository; readonly pullRequest: PullRequest },
): Promise<Found> {
  const { repository, pullRequest } = of;
  const repo = repository.ref;
  const found: Found[] = [await readOpener(directory, pullRequest)];
  const id = pullRequest.pullRequestId;
  const commits = await listPullRequestCommits(room.ado, { repo, id, top: mostCommits + 1 });
  if (commits.length > mostCommits) {
    return { involved: [], unclear: [`it has more than ${mostCommits} commits`] };
  }
  const runs = new Set<string>();
  for (const { commitId: commit } of commits) {
    const whole = await getCommit(room.ado, { repo, commit });
    const project = buildProject(room, whole?.push?.pushedBy, whole?.comment ?? "");
    if (project === undefined) {
      found.push(await readWriters(room, directory, { repo, commit }));
      continue;
    }
    const trailers = parseTrailers(whole?.comment ?? "");
    // A run makes one commit an environment: what it stands for is read once.
    const key = `${trailers?.run} ${trailers?.environment}`;
    if (trailers !== undefined && runs.has(key)) continue;
    runs.add(key);
    found.push(await readRun(room, directory, { ...of, project, trailers }));
  }
  return {
    involved: found.flatMap(({ involved }) => involved),
    unclear: found.flatMap(({ unclear }) => unclear),
    notes: [...new Set(found.flatMap(({ notes = [] }) => notes))],
  };
}

async function readOpener(directory: Directory, { createdBy }: PullRequest): Promise<Found> {
  const found = await directory.byId(createdBy.id);
  if (!isPerson(found?.descriptor ?? createdBy.descriptor)) return { involved: [], unclear: [] };
  const who = found ? someoneOf(found) : someoneIn(createdBy);
  return { involved: [{ who, how: "opened it" }], unclear: [] };
}

// Of which project a build service pushed it; the collection's builds for all, and the commit says.
function buildProject(
  { host, config }: Pick<Connector, "host" | "config">,
  pushedBy: Parameters<typeof buildScopeOf>[0],
  message: string,
): string | undefined {
  const scope = buildScopeOf(pushedBy, host);
  if (scope !== config.azureDevOps.collectionBuildIdentity?.toLowerCase()) return scope;
  return scope && (parseRunUrl(parseTrailers(message)?.run ?? "")?.project ?? scope);
}
