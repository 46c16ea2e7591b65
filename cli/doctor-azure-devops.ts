import { listBuilds } from "../clients/azure-devops/builds.ts";
import { listCommits } from "../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listDocuments } from "../clients/azure-devops/extension-data.ts";
import { readConnectionData } from "../clients/azure-devops/identity.ts";
import { findPullRequests } from "../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../clients/azure-devops/refs.ts";
import { getRepository } from "../clients/azure-devops/repositories.ts";
import { listStatuses } from "../clients/azure-devops/statuses.ts";
import type { Extension } from "../core/extension.ts";
import type { Check } from "./doctor-check.ts";

type Target = {
  readonly ado: AzureDevOps;
  readonly repo: RepositoryRef | undefined;
  readonly branch: string;
  /** The published copy whose documents are read. */
  readonly extension: Extension;
};

/** What tasks and connector read, by reading it. */
export function readChecks(target: Target): readonly Check[] {
  const { ado, repo } = target;
  const organisation: Check = {
    name: "organisation and identity",
    essential: true,
    remedy: "Check the organisation's address and the token.",
    test: async () => {
      const { authenticatedUser, instanceId } = await readConnectionData(ado);
      const { providerDisplayName: name, id } = authenticatedUser;
      return `${ado.organisationUrl} (host ${instanceId}) knows you as ${name} (${id})`;
    },
  };
  return repo === undefined
    ? [organisation]
    : [organisation, ...repositoryChecks({ ...target, repo })];
}

function repositoryChecks(target: Target & { readonly repo: RepositoryRef }): readonly Check[] {
  const { ado, repo, branch, extension: copy } = target;
  const what = `${repo.project}/${repo.repository}`;
  return [
    {
      name: "repository",
      essential: true,
      remedy: "Check project and repository, or grant Read on the repository.",
      test: async () => {
        const found = await getRepository(ado, repo);
        if (found === undefined) throw new Error(`${what} does not exist or you may not see it`);
        return `${found.project.name}/${found.name} (${found.id})`;
      },
    },
    {
      name: "branch that Flux follows",
      essential: true,
      remedy: "Create the branch, or name another with --branch.",
      test: async () => {
        const refs = await listRefs(ado, { repo, filter: `heads/${branch}` });
        const ref = refs.find(({ name }) => name === `refs/heads/${branch}`);
        if (ref === undefined) throw new Error(`${what} has no branch ${branch}`);
        return `${branch} is at ${ref.objectId.slice(0, 12)}`;
      },
    },
    {
      name: "commit statuses (read)",
      remedy: "Grant Read on the repository; a PAT needs Code (Read) and Code (Status).",
      test: async () => {
        const [tip] = await listCommits(ado, { repo, branch, top: 1 });
        const statuses = tip ? await listStatuses(ado, { repo, commit: tip.commitId }) : [];
        return `${statuses.length} on the tip of ${branch}`;
      },
    },
    {
      name: "pull requests (read)",
      remedy: "Grant Read on the repository.",
      test: async () => {
        const open = await findPullRequests(ado, { repo, status: "active" });
        return `${open.length} open`;
      },
    },
    {
      name: "builds (read)",
      remedy:
        "The connector needs View builds in each project whose pipelines wait; a PAT needs Build (Read & execute).",
      test: async () => {
        const builds = await listBuilds(ado, { project: repo.project, status: "inProgress" });
        return `${builds.length} in progress in ${repo.project}`;
      },
    },
    {
      name: "extension data (read)",
      remedy: "Install the Fluxgate extension; a PAT needs Extension data (Read & write).",
      test: async () => {
        const { publisher, name: extension } = copy;
        const of = { publisher, extension, collection: "snapshots" };
        return `${(await listDocuments(ado, of)).length} snapshots`;
      },
    },
  ];
}
