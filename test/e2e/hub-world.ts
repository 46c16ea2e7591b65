import { contributionId, type Extension } from "../../core/extension.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorizationHeader } from "../../clients/azure-devops/connection.ts";
import { setDocument } from "../../clients/azure-devops/extension-data.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { createPullRequest, getPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { listStatuses, postStatus } from "../../clients/azure-devops/statuses.ts";
import { createCommit } from "../../clients/git-commit.ts";
import { createBareRepository, fetchTips, runGit } from "../../clients/git.ts";
import {
  type EnvironmentSnapshot,
  snapshotCollection,
  snapshotId,
} from "../../core/environment-snapshot.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { runRecordProperty, writeRunRecord } from "../../core/run/record.ts";
import { writeTrailers } from "../../core/run/trailers.ts";
import type { PullRequest, StatusState } from "../../core/azure-devops/types.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import type { Clock } from "../../sandbox/azure-devops/clock.ts";
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { portalPages } from "../../sandbox/portal/serve-pages.ts";
import { eventually } from "../support/eventually.ts";
import { clientOf } from "../support/sandbox.ts";
import { folder, shop } from "./shop-objects.ts";

/** What browser and data tests of the hub look at. */
export type HubWorld = Awaited<ReturnType<typeof startHubWorld>>;

const repo = { project: "shop", repository: "shop-manifests" };
const first = { api: "1.4.0", web: "2.0.0" };

const pipeline = `
parameters:
  - { name: commit, type: string }
  - { name: environment, type: string }
  - { name: asks, type: boolean, default: false }
trigger: none
resources:
  repositories: [{ repository: manifests, type: git, name: shop-manifests, trigger: none }]
stages:
  - stage: wait
    jobs:
      - job: wait
        pool: server
        timeoutInMinutes: 4320
        uses: { repositories: [manifests] }
        steps:
          - task: WaitForFlux@1
            inputs:
              repository: shop-manifests
              commit: \${{ parameters.commit }}
              delivery: shop
              environment: \${{ parameters.environment }}
  - \${{ if parameters.asks }}:
      - stage: tell
        displayName: Tell the customers
        dependsOn: []
        jobs:
          - deployment: tell
            environment: customers
            strategy: { runOnce: { deploy: { steps: [{ bash: "echo told" }] } } }
`;

// Of the manifests repository: what is to follow a deployment.
const tell = `
trigger: none
stages:
  - stage: tell
    jobs:
      - deployment: tell
        environment: follow-up
        strategy: { runOnce: { deploy: { steps: [{ bash: "echo told" }] } } }
`;

export type HubWorldOptions = {
  /** Of another published copy of the extension. */
  readonly manifestFile?: string;
  readonly extension?: Extension;
  /** What the organisation knows of time. */
  readonly clock?: Clock;
  /** A Content Security Policy that each file of a page, workers too, comes with. */
  readonly policy?: string;
};

/** A portal with the built extension, and a manifests repository that already has its history. */
export async function startHubWorld({
  manifestFile = "vss-extension.json",
  extension = { publisher: "fluxgate", name: "fluxgate" },
  clock,
  policy,
}: HubWorldOptions = {}) {
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-hub-"));
  const portalDirectory = "dist/portal";
  const pages = portalPages({ portalDirectory, manifestFile, organisation: "fabrikam" });
  const sandbox = await createSandbox({
    seed: {
      organisation: "fabrikam",
      projects: [
        {
          name: "shop",
          repositories: [
            { name: "shop", files: { "cd.yml": pipeline } },
            {
              name: repo.repository,
              files: Object.assign(
                { "README.md": "manifests\n", "tell.yml": tell },
                ...["dev", "staging", "prod"].map((environment) =>
                  folder({ environment, objects: shop(first), images: first, run: "" }),
                ),
              ) as Record<string, string>,
            },
          ],
        },
      ],
    },
    parts: [
      createPipelines({
        seed: {
          definitions: [
            { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "cd.yml" },
            { name: "tell", project: "shop", repository: repo.repository, yamlPath: "tell.yml" },
          ],
          environments: [{ name: "customers", approvers: ["approver"] }, "follow-up"],
        },
        // Its tasks without code need no build.
        extensionDirectory: ".",
      }),
    ],
    ...(clock === undefined ? {} : { clock }),
    pages: async (request, response) => {
      if (policy !== undefined) response.setHeader("Content-Security-Policy", policy);
      return pages(request, response);
    },
  });
  const { organisationUrl } = sandbox;
  const [build, connector] = [clientOf(sandbox, "build"), clientOf(sandbox, "connector")];
  const url = `${organisationUrl}/shop/_git/shop-manifests`;
  const clone = await createBareRepository({
    directory: join(scratch, "clone.git"),
    url,
    authorization: authorizationHeader("sandbox-admin", "pat"),
  });
  let builds = 100;
  let seconds = Math.floor(Date.now() / 1000) - 3600;

  /** Pushes a commit on top of `main`, or of another branch. */
  async function push(options: {
    readonly branch: string;
    readonly onto?: string;
    readonly message: string;
    readonly writes: Readonly<Record<string, string>>;
    readonly deletes?: readonly string[];
  }): Promise<string> {
    const [parent = ""] = await fetchTips(clone, [options.onto ?? "main"]);
    const commit = await createCommit(clone, {
      parent,
      message: options.message,
      author: { name: "shop Build Service", email: "build@fabrikam.com" },
      time: (seconds += 60),
      writes: Object.entries(options.writes).map(([path, text]) => ({
        path,
        content: Buffer.from(text),
      })),
      deletes: options.deletes ?? [],
    });
    await runGit(clone, ["push", "--quiet", url, `${commit}:refs/heads/${options.branch}`]);
    return commit;
  }

  /** Puts a branch to a commit, whatever it was. */
  async function force(branch: string, commit: string): Promise<void> {
    await runGit(clone, ["push", "--quiet", "--force", url, `${commit}:refs/heads/${branch}`]);
  }

  /** Deletes a branch. */
  async function remove(branch: string): Promise<void> {
    await runGit(clone, ["push", "--quiet", url, `:refs/heads/${branch}`]);
  }

  /** What a run does: its branch, its pull request, and a job that waits for it. */
  async function openRun(options: {
    readonly environment: string;
    readonly writes: Readonly<Record<string, string>>;
    readonly deletes?: readonly string[];
    readonly isDraft?: boolean;
    /** `<repository>@<sha>` of the code. */
    readonly source?: string;
    /** A stage of it asks the approver before it begins. */
    readonly asks?: boolean;
  }): Promise<{ readonly id: number; readonly build: number; readonly commit: string }> {
    const number = (builds += 1);
    const { environment, source = "shop@0123" } = options;
    const branch = { delivery: "shop", environment, build: number, attempt: 1 };
    const run = runUrl({ organisationUrl, project: "shop", build: number });
    const trailers = writeTrailers({ source, run, delivery: "shop", environment });
    const message = `Deploy shop to ${environment}\n\n${trailers}\n`;
    const commit = await push({ ...options, branch: runBranchName(branch), message });
    const { pullRequestId: id } = await createPullRequest(build, {
      repo,
      sourceRef: `refs/heads/${runBranchName(branch)}`,
      targetRef: "refs/heads/main",
      title: `Deploy shop to ${environment}`,
      description: "",
      isDraft: options.isDraft ?? false,
    });
    const record = writeRunRecord({ ...branch, commit, contentDigest: "0" });
    await patchProperties(build, { repo, id, properties: { [runRecordProperty]: record } });
    await clientOf(sandbox, "developer").http({
      method: "POST",
      url: `${organisationUrl}/shop/_apis/build/builds?api-version=7.1`,
      json: {
        definition: { id: 1 },
        templateParameters: { commit, environment, asks: options.asks ?? false },
      },
    });
    await eventually("the letter of the run", async () => {
      const letters = await listStatuses(build, { repo, commit });
      return letters.length > 0 ? true : undefined;
    });
    await eventually("the merge of the pull request", async () =>
      (await pullRequest(id)).mergeStatus === "succeeded" ? true : undefined,
    );
    return { id, build: number, commit };
  }

  async function pullRequest(id: number): Promise<PullRequest> {
    const found = await getPullRequest(build, { repo, id });
    if (found === undefined) throw new Error(`there is no pull request !${id}`);
    return found;
  }

  /** Completes it, as somebody who may. */
  async function merge(id: number): Promise<void> {
    const { lastMergeSourceCommit } = await pullRequest(id);
    await clientOf(sandbox, "admin").http({
      method: "PATCH",
      url: `${organisationUrl}/shop/_apis/git/repositories/${repo.repository}/pullrequests/${id}?api-version=7.1`,
      json: { status: "completed", lastMergeSourceCommit },
    });
    await eventually("the completion of the pull request", async () =>
      (await pullRequest(id)).status === "completed" ? true : undefined,
    );
  }

  /** A verdict, as the connector posts it. */
  async function report(
    commit: string,
    status: { readonly name: string; readonly state: StatusState; readonly description: string },
  ): Promise<void> {
    const { name, ...rest } = status;
    const context = { genre: "fluxgate", name };
    await postStatus(connector, { repo, commit, status: { ...rest, context } });
  }

  /** What a connector writes about a cluster. */
  async function observe(snapshot: Omit<EnvironmentSnapshot, "id" | "repository">): Promise<void> {
    const repository = { project: "shop", name: repo.repository, branch: "main" };
    const id = snapshotId(snapshot.environment, snapshot.cluster);
    const { authenticatedUser } = await readConnectionData(connector);
    const reportedBy = authenticatedUser.id;
    const document = { ...snapshot, id, repository, reportedBy, __etag: -1 };
    const collection = { publisher: extension.publisher, extension: extension.name };
    await setDocument(connector, { ...collection, collection: snapshotCollection, document });
  }

  return {
    sandbox,
    observe,
    repo,
    /** The first version of every environment. */
    first,
    push,
    force,
    remove,
    openRun,
    pullRequest,
    merge,
    report,
    connector,
    headOfMain: async () => (await fetchTips(clone, ["main"]))[0] ?? "",
    reviewUrl: (id: number) =>
      `${organisationUrl}/shop/_git/shop-manifests/pullrequest/${id}?_a=${contributionId(extension, "review")}`,
    awaitsUrl: `${organisationUrl}/shop/_apps/hub/${contributionId(extension, "awaits")}`,
    environmentsUrl: `${organisationUrl}/shop/_apps/hub/${contributionId(extension, "environments")}`,
    stop: async () => {
      await sandbox.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
