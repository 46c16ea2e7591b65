import type { Host } from "../host.ts";
import type { Repository } from "../repository.ts";
import { readRef } from "../git/read-ref.ts";
import { projectRef } from "./project-json.ts";

export function repositoryUrl(organisation: Host, repository: Repository): string {
  return `${organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}`;
}

/** `{organisation}/{project}/_git/{repository}`: the web page, and what git clones. */
export function repositoryWeb(organisation: Host, repository: Repository): string {
  return `${organisation.url}/${encodeURIComponent(repository.project.name)}/_git/${encodeURIComponent(repository.name)}`;
}

/** A repository as it stands inside other answers, and in the answer to its making. */
export function repositoryRef(organisation: Host, repository: Repository, defaultBranch?: string) {
  const { origin, host, pathname } = new URL(organisation.url);
  const web = repositoryWeb(organisation, repository);
  return {
    id: repository.id,
    name: repository.name,
    url: repositoryUrl(organisation, repository),
    project: projectRef(organisation, repository.project),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    size: repository.size,
    remoteUrl: web.replace(origin, `http://${organisation.name}@${host}`),
    sshUrl: sshUrl(host, pathname, repository),
    webUrl: web,
    isDisabled: repository.isDisabled,
    isInMaintenance: false,
  };
}

/** As it is listed: with its default branch, once that exists. */
export async function describeInList(organisation: Host, repository: Repository) {
  const { directory, defaultBranch } = repository;
  const tip = await readRef(directory, defaultBranch);
  return repositoryRef(organisation, repository, tip === undefined ? undefined : defaultBranch);
}

/** As it is answered alone: with links. */
export async function describeRepository(organisation: Host, repository: Repository) {
  const listed = await describeInList(organisation, repository);
  const { isDisabled, isInMaintenance, ...rest } = listed;
  const below = (name: string) => ({ href: `${listed.url}/${name}` });
  return {
    ...rest,
    _links: {
      self: { href: listed.url },
      project: { href: `vstfs:///Classification/TeamProject/${repository.project.id}` },
      web: { href: listed.webUrl },
      ssh: { href: listed.sshUrl },
      commits: below("commits"),
      refs: below("refs"),
      pullRequests: below("pullRequests"),
      items: below("items"),
      pushes: below("pushes"),
    },
    isDisabled,
    isInMaintenance,
  };
}

function sshUrl(host: string, pathname: string, { project, name }: Repository): string {
  return `git@ssh.${host}:v3${pathname}/${encodeURIComponent(project.name)}/${encodeURIComponent(name)}`;
}
