// What only some environments ask for: the status four-eyes, and leases that keep runs.
import { listBuilds } from "../../clients/azure-devops/builds.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { findIdentities } from "../../clients/azure-devops/identities.ts";
import { dropLease, findLeases, keepRun } from "../../clients/azure-devops/leases.ts";
import { listIterations, readVoteTimes } from "../../clients/azure-devops/pull-request-history.ts";
import {
  listPullRequestStatuses,
  postPullRequestStatus,
} from "../../clients/azure-devops/pull-request-statuses.ts";
import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";
import { Failure, type Check } from "./check.ts";
import { codeCheck } from "./code-checks.ts";
import type { Organisation } from "./read-checks.ts";

const probe = "fluxgate-doctor";

/** Of each repository and project whose environments ask for it. */
export function optedChecks(
  room: Organisation,
  { repositories, environments }: ConnectorConfig,
  { write }: { readonly write: boolean },
): readonly Check[] {
  const of = (asks: (environment: ConnectorConfig["environments"][number]) => boolean) =>
    repositories.filter(({ name }) =>
      environments.some((one) => one.repository === name && asks(one)),
    );
  const asked = of(({ fourEyes }) => fourEyes === true);
  const kept = of(({ retain }) => retain !== undefined && retain !== false);
  const projects = kept.flatMap(({ project, pipelines }) => [
    project,
    ...pipelines.map((one) => one.project),
  ]);
  return [
    ...asked.flatMap(({ name, project, repository, branch }) =>
      fourEyesChecks(room, { name, repo: { project, repository }, branch, write }),
    ),
    ...[...new Set(projects)].map((project) => leaseCheck(room, project, write)),
  ];
}

type Place = {
  readonly name: string;
  readonly repo: RepositoryRef;
  readonly branch: string;
  readonly write: boolean;
};

const lost = "the status four-eyes stays pending on every pull request, and says why";

function fourEyesChecks(room: Organisation, place: Place): readonly Check[] {
  const { ado, who } = room;
  const { name, repo, branch } = place;
  const grant = (right: string) =>
    `Allow "${right}" for ${who.name} in Project settings > Repositories > ${repo.repository} > Security of project ${repo.project}`;
  return [
    {
      name: `${name}: who wrote a commit (four-eyes)`,
      lost,
      remedy: () =>
        `Let ${who.name} see identities: it has to be a member of the organisation; a PAT needs Identity (Read).`,
      test: async () => {
        const [tip] = await listCommits(ado, { repo, branch, top: 1 });
        const mail = tip?.author?.email ?? "";
        if (mail === "") throw new Failure("not checked", `${branch} has no commit with an author`);
        const found = await findIdentities(ado, mail);
        return found.length === 0
          ? "identities can be asked for; who wrote the last commit is nobody's account here"
          : "identities can be asked for";
      },
    },
    codeCheck(room, { name, repo, lost }),
    {
      name: `${name}: pushes and votes of pull requests (four-eyes)`,
      lost,
      remedy: () => `${grant("Read")}; a PAT needs Code (Read).`,
      test: async () => {
        const { pullRequestId: id } = await newestPullRequest(room, repo);
        const pushes = await listIterations(ado, { repo, id });
        await readVoteTimes(ado, { repo, id });
        return `${pushes.length} pushes of !${id}`;
      },
    },
    {
      name: `${name}: statuses of pull requests (four-eyes)`,
      lost,
      remedy: () => `${grant("Contribute to pull requests")}; a PAT needs Code (Status).`,
      test: () => pullRequestStatus(room, place),
    },
  ];
}

async function pullRequestStatus(room: Organisation, { repo, write }: Place): Promise<string> {
  const { ado } = room;
  const { pullRequestId: id } = await newestPullRequest(room, repo);
  const found = await listPullRequestStatuses(ado, { repo, id });
  if (!write) return `${found.length} on !${id} can be read; --write posts one`;
  await postPullRequestStatus(ado, {
    repo,
    id,
    status: {
      state: "notApplicable",
      description: "Written by fluxgate doctor; it means nothing",
      context: { genre: probe, name: "probe" },
    },
  });
  return `posted ${probe}/probe on !${id}`;
}

async function newestPullRequest({ ado }: Organisation, repo: RepositoryRef): Promise<PullRequest> {
  const [newest] = await findPullRequests(ado, { repo, status: "active" });
  if (newest !== undefined) return newest;
  throw new Failure("not checked", "no pull request is open to try it on");
}

function leaseCheck({ ado, who }: Organisation, project: string, write: boolean): Check {
  return {
    name: `runs of ${project} (keep)`,
    lost: "runs that deployed an environment with retain are cleaned up as any other",
    remedy: () =>
      `Allow "Retain indefinitely" for ${who.name} in Pipelines > Manage security of project ${project}, or take retain away; a PAT needs Build (Read & execute).`,
    test: async () => {
      const [run] = await listBuilds(ado, { project, status: "completed", top: 1 });
      if (run === undefined)
        throw new Failure("not checked", "no run has ended there to try it on");
      const of = { project, definition: run.definition.id, build: run.id, owner: probe };
      const held = await findLeases(ado, of);
      if (!write) {
        const text = "leases can be read; --write makes one, and takes it away again";
        throw new Failure("not checked", text);
      }
      if (held.length === 0) await keepRun(ado, { ...of, daysValid: 1 });
      for (const { leaseId } of await findLeases(ado, of))
        await dropLease(ado, { project, leaseId });
      return `kept run ${run.id}, and let it go again`;
    },
  };
}
