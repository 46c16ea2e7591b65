import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { createPullRequest, updatePullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { noObject, updateRef } from "../../clients/azure-devops/refs.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { createBareRepository, fetchTips, pushBranch } from "../../clients/git.ts";
import { createCommit } from "../../clients/git-commit.ts";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import type { Check } from "./check.ts";

type Target = {
  readonly ado: AzureDevOps;
  readonly repo: RepositoryRef;
  readonly branch: string;
  /** Value of the Authorization header, for git. */
  readonly authorization: string;
  readonly tempFolder: string;
  /** Seconds since 1970. */
  readonly time: number;
};

/** What OpenManifestsPR and the connector write, by writing it on a branch that is removed again. */
export function writeChecks(target: Target): readonly Check[] {
  const { ado, repo, branch, time } = target;
  const name = `fluxgate-doctor/${time}`;
  const ref = `refs/heads/${name}`;
  let commit = "";
  let pullRequest: number | undefined;
  return [
    {
      name: "push a branch",
      essential: true,
      remedy: "Grant Contribute and Create branch on the repository.",
      test: async () => {
        commit = await pushProbe(target, name);
        return `pushed ${name}`;
      },
    },
    {
      name: "commit statuses (write)",
      remedy: "Grant Contribute to pull requests on the repository; a PAT needs Code (Status).",
      test: async () => {
        const context = { genre: "fluxgate-doctor", name: "probe" };
        const description = "Written by fluxgate doctor";
        await postStatus(ado, {
          repo,
          commit,
          status: { state: "notApplicable", description, context },
        });
        return `posted on ${commit.slice(0, 12)}`;
      },
    },
    {
      name: "pull requests (write)",
      remedy: "Grant Contribute to pull requests on the repository.",
      test: async () => {
        const made = await createPullRequest(ado, {
          repo,
          sourceRef: ref,
          targetRef: `refs/heads/${branch}`,
          title: "fluxgate doctor (may be deleted)",
          description: "Tests a right and is abandoned at once.",
        });
        pullRequest = made.pullRequestId;
        const properties = { "Fluxgate.Doctor": "probe" };
        await patchProperties(ado, { repo, id: pullRequest, properties });
        return `opened !${pullRequest} and set a property`;
      },
    },
    {
      name: "tidy up",
      remedy: `Abandon the pull request of ${name} and delete that branch by hand.`,
      test: async () => {
        if (pullRequest !== undefined) {
          const change = { status: "abandoned" } as const;
          await updatePullRequest(ado, { repo, id: pullRequest, change });
        }
        const gone = { name: ref, oldObjectId: commit, newObjectId: noObject };
        const result = await updateRef(ado, { repo, ...gone });
        if (!result.success) throw new Error(result.customMessage ?? result.updateStatus);
        return `deleted ${name}`;
      },
    },
  ];
}

async function pushProbe(target: Target, name: string): Promise<string> {
  const { ado, repo, branch, authorization, tempFolder, time } = target;
  const url = repositoryUrl({ organisationUrl: ado.organisationUrl, ...repo });
  const git = await createBareRepository({ directory: tempFolder, url, authorization });
  const [parent = ""] = await fetchTips(git, [branch]);
  const author = { name: "fluxgate doctor", email: "noreply@fluxgate.dev" };
  const message = "Probe of fluxgate doctor";
  const commit = await createCommit(git, {
    parent,
    message,
    author,
    time,
    writes: [],
    deletes: [],
  });
  await pushBranch(git, { commit, branch: name });
  return commit;
}
