import { listBuilds } from "../../clients/azure-devops/builds.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import {
  call,
  type AzureDevOps,
  type RepositoryRef,
} from "../../clients/azure-devops/connection.ts";
import { listDocuments } from "../../clients/azure-devops/extension-data.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { Extension } from "../../core/extension.ts";
import { Failure, type Check } from "./check.ts";
import { clockCheck } from "./clock-check.ts";

export type Organisation = {
  readonly ado: AzureDevOps;
  /** Who signed in, for what is to be granted to whom. */
  readonly who: { name: string };
};

// Who the service takes a caller without a valid token for, where projects are public.
const anonymous = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

/** Whether the organisation answers, as whom, and at what time. */
export function organisationChecks({ ado, who }: Organisation): readonly Check[] {
  return [
    {
      name: "organisation and identity",
      essential: true,
      remedy: "Check the organisation's address and the token.",
      test: async () => {
        const { authenticatedUser, instanceId } = await readConnectionData(ado);
        const { providerDisplayName: name, id } = authenticatedUser;
        if (id === anonymous) throw new Failure("refused", "the token is not taken");
        who.name = name;
        return `${ado.organisationUrl} (host ${instanceId}) knows you as ${name} (${id})`;
      },
    },
    clockCheck("clock of the organisation", {
      ours: () => Date.now(),
      theirs: async () => {
        const query = { path: ["connectionData"], apiVersion: "7.1-preview.1" };
        const date = Date.parse((await call(ado, query)).headers.get("date") ?? "");
        return Number.isNaN(date) ? undefined : date;
      },
    }),
  ];
}

/** What tasks and connector read of a manifests repository, by reading it. */
export function repositoryChecks(
  { ado, who }: Organisation,
  { repo, branch }: { readonly repo: RepositoryRef; readonly branch: string },
): readonly Check[] {
  const what = `${repo.project}/${repo.repository}`;
  const grant = (right: string) =>
    `Allow "${right}" for ${who.name} in Project settings > Repositories > ${repo.repository} > Security of project ${repo.project}`;
  return [
    {
      name: "repository",
      essential: true,
      remedy: () => `Check project and repository, or grant: ${grant("Read")}.`,
      test: async () => {
        const found = await getRepository(ado, repo);
        if (found === undefined) {
          // The service answers both alike.
          throw new Failure("absent", `${what} does not exist or you may not see it`);
        }
        return `${found.project.name}/${found.name} (${found.id})`;
      },
    },
    {
      name: "branch that Flux follows",
      essential: true,
      remedy: "Create the branch, or name the one that Flux follows.",
      test: async () => {
        const refs = await listRefs(ado, { repo, filter: `heads/${branch}` });
        const ref = refs.find(({ name }) => name === `refs/heads/${branch}`);
        if (ref === undefined) throw new Failure("absent", `${what} has no branch ${branch}`);
        return `${branch} is at ${ref.objectId.slice(0, 12)}`;
      },
    },
    {
      name: "commit statuses (read)",
      remedy: () => `${grant("Read")}; a PAT needs Code (Read) and Code (Status).`,
      test: async () => {
        const [tip] = await listCommits(ado, { repo, branch, top: 1 });
        const statuses = tip ? await listStatuses(ado, { repo, commit: tip.commitId }) : [];
        return `${statuses.length} on the tip of ${branch}`;
      },
    },
    {
      name: "pull requests (read)",
      remedy: () => `${grant("Read")}.`,
      test: async () => {
        const open = await findPullRequests(ado, { repo, status: "active" });
        return `${open.length} open`;
      },
    },
  ];
}

/** The runs of a project whose pipelines wait. */
export function buildsCheck({ ado, who }: Organisation, project: string): Check {
  return {
    name: `builds of ${project} (read)`,
    remedy: () =>
      `Allow "View builds" for ${who.name} in Pipelines > Manage security of project ${project}, once for each project whose pipelines wait; a PAT needs Build (Read & execute).`,
    test: async () => {
      const builds = await listBuilds(ado, { project, status: "inProgress" });
      return `${builds.length} in progress`;
    },
  };
}

/** The documents that the hub shows. */
export function extensionDataCheck(
  { ado }: Pick<Organisation, "ado">,
  { publisher, name: extension }: Extension,
): Check {
  return {
    name: "extension data (read)",
    lost: "the hub shows no Flux state",
    remedy:
      "Install the Fluxgate extension (Organisation settings > Extensions); a PAT needs Extension data (Read & write).",
    test: async () => {
      const of = { publisher, extension, collection: "snapshots" };
      const found = (await listDocuments(ado, of)).length;
      if (found > 0) return `${found} snapshots`;
      // The service answers both alike.
      const why = "not installed, or no connector has written anything yet";
      throw new Failure("absent", `no snapshots of ${publisher}.${extension}: ${why}`);
    },
  };
}
