import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  authorizationHeader,
  connectAzureDevOps,
} from "../../../clients/azure-devops/connection.ts";
import {
  findPullRequests,
  getPullRequest,
  updatePullRequest,
} from "../../../clients/azure-devops/pull-requests.ts";
import { noObject, updateRef } from "../../../clients/azure-devops/refs.ts";
import { createBareRepository, fetchTips, runGit } from "../../../clients/git.ts";
import { createCommit } from "../../../clients/git-commit.ts";
import type { PullRequest } from "../../../core/azure-devops/types.ts";
import type { Inputs } from "../../../tasks/OpenManifestsPR/inputs.ts";
import { run } from "../../../tasks/OpenManifestsPR/run.ts";
import { type PolicyType, policyTypes } from "../../../sandbox/azure-devops/policies/policy.ts";
import { pullRequestsOf } from "../../../sandbox/azure-devops/pull-requests/pull-requests-of.ts";
import type { Right } from "../../../sandbox/azure-devops/identity.ts";
import { eventually } from "../../support/eventually.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";
import { type RenderOptions, writeRender } from "./a-render.ts";
import { restOf } from "../../../sandbox/test/support/rest.ts";
import { tamperingFetch } from "./tampering-fetch.ts";

export type Harness = Awaited<ReturnType<typeof startHarness>>;
type Deploy = Omit<RenderOptions, "organisationUrl"> & { readonly inputs?: Partial<Inputs> };

const repo = { project: "shop", repository: "shop-manifests" };

/** A manifests repository whose `main` holds a README, and a way to run the task against it. */
export async function startHarness({ workItems }: { readonly workItems?: readonly number[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-pr-"));
  const sandbox = await sandboxWith(
    [{ name: repo.repository, files: { "README.md": "hello\n" } }],
    {
      ...(workItems === undefined ? {} : { workItems }),
    },
  );
  const { organisationUrl } = sandbox;
  const url = `${organisationUrl}/shop/_git/shop-manifests`;
  const developer = clientOf(sandbox, "developer");
  const { tampering, fetch } = tamperingFetch();
  const log: string[] = [];
  const openClone = (name: string, authorization: string) =>
    createBareRepository({ directory: join(folder, name), url, authorization });
  const clone = await openClone("developer.git", authorizationHeader("sandbox-developer", "pat"));
  const inClone = async (...args: string[]) => (await runGit(clone, args)).stdout.trim();
  let clock = 1_700_000_000_000;

  /** Pushes files on top of a branch as a person would; null deletes. */
  async function commit(branch: string, files: Readonly<Record<string, string | null>>) {
    const names = await branches();
    const [parent = ""] = await fetchTips(clone, [names.includes(branch) ? branch : "main"]);
    const entries = Object.entries(files);
    const id = await createCommit(clone, {
      parent,
      message: "By hand",
      author: { name: "Dana", email: "dana@fabrikam.com" },
      time: 1,
      writes: entries.flatMap(([path, text]) =>
        text === null ? [] : [{ path, content: Buffer.from(text) }],
      ),
      deletes: entries.filter(([, text]) => text === null).map(([path]) => path),
    });
    await runGit(clone, ["push", "--quiet", url, `${id}:refs/heads/${branch}`]);
    return id;
  }

  const runOf = (build: number): Inputs["run"] => ({
    organisationUrl,
    project: "shop",
    build,
    buildNumber: `20261123.${build}`,
    definition: "shop-cd",
    sourceRepository: "shop",
    sourceVersion: "0123456789012345678901234567890123456789",
  });

  async function deploy({ inputs = {}, ...render }: Deploy) {
    const renderedFolder = join(folder, "rendered");
    writeRender(renderedFolder, { ...render, organisationUrl });
    const tempFolder = join(folder, "temp");
    mkdirSync(tempFolder, { recursive: true });
    return run(
      {
        environment: "dev",
        renderedFolder,
        ...repo,
        targetBranch: "main",
        allowEmpty: false,
        draftOnRisk: undefined,
        labels: [],
        workItems: [],
        linkWorkItems: false,
        run: runOf(render.build),
        ...inputs,
      },
      {
        ado: connectAzureDevOps({ organisationUrl, token: async () => "sandbox-build", fetch }),
        extension: { publisher: "fluxgate", name: "fluxgate" },
        authorization: authorizationHeader("sandbox-build", "bearer"),
        log: {
          info: (line) => void log.push(line),
          warn: (line) => void log.push(`warning: ${line}`),
          debug: () => {},
        },
        now: () => (clock += 1000),
        tempFolder,
      },
    );
  }

  /** All of them, oldest first, as they stand. */
  async function pullRequests(): Promise<readonly PullRequest[]> {
    const all = await findPullRequests(developer, { repo, status: "all" });
    const whole = all.map(({ pullRequestId: id }) => getPullRequest(developer, { repo, id }));
    return (await Promise.all(whole)).filter((each) => each !== undefined).reverse();
  }

  /** A person completes it; its branch goes. */
  async function merge(id: number): Promise<void> {
    const seen = () => getPullRequest(developer, { repo, id });
    const before = await seen();
    const lastMergeSourceCommit = before?.lastMergeSourceCommit ?? { commitId: "" };
    const completionOptions = { deleteSourceBranch: true };
    const change = { status: "completed", lastMergeSourceCommit, completionOptions } as const;
    await updatePullRequest(developer, { repo, id, change });
    await eventually(`the merge of !${id}`, async () =>
      (await seen())?.status === "completed" ? true : undefined,
    );
    await eventually(`the end of the branch of !${id}`, async () =>
      (await branches()).includes(before?.sourceRefName.slice("refs/heads/".length) ?? "")
        ? undefined
        : true,
    );
  }

  function repository() {
    const [first] = sandbox.organisation().projects[0]?.repositories ?? [];
    if (first === undefined) throw new Error("there is no repository");
    return first;
  }

  /** A blocking policy, of the target branch unless a scope says otherwise. */
  async function policy(type: PolicyType, settings: object, scope: object = {}): Promise<void> {
    const of = { repositoryId: repository().id, refName: "refs/heads/main", ...scope };
    await restOf(sandbox, "admin").send("POST", "shop/_apis/policy/configurations", {
      ...{ isEnabled: true, isBlocking: true, type: { id: policyTypes[type] } },
      settings: { ...settings, scope: [of] },
    });
  }

  function state(id: number) {
    const found = pullRequestsOf(sandbox.organisation(), repository()).find(
      (each) => each.id === id,
    );
    if (found === undefined) throw new Error(`there is no pull request !${id}`);
    return found;
  }

  async function branches(): Promise<readonly string[]> {
    const listed = await inClone("ls-remote", "--heads", url);
    return listed.split("\n").map((line) => line.split("refs/heads/")[1] ?? "");
  }

  return {
    organisationUrl,
    developer,
    repo,
    tampering,
    log,
    commit,
    deploy,
    merge,
    branches,
    pullRequests,
    /** git in a clone of the repository. */
    git: inClone,
    headOf: async (branch: string) => (await fetchTips(clone, [branch]))[0] ?? "",
    files: async (branch: string) => {
      const [tip = ""] = await fetchTips(clone, [branch]);
      return (await inClone("ls-tree", "-r", "--name-only", tip)).split("\n");
    },
    abandon: async (id: number) => {
      await updatePullRequest(developer, { repo, id, change: { status: "abandoned" } });
    },
    /** The run that a build is, as `inputs` name it. */
    run: runOf,
    policy,
    deleteBranch: async (name: string) => {
      const [oldObjectId = ""] = await fetchTips(clone, [name]);
      const update = { name: `refs/heads/${name}`, oldObjectId, newObjectId: noObject };
      const { success } = await updateRef(clientOf(sandbox, "admin"), { repo, ...update });
      if (!success) throw new Error(`branch ${name} was not deleted`);
    },
    /** Takes a right on the repository away, of the run's identity unless another is named. */
    deny: (right: Right, identity = "build") =>
      void repository().permissions.push({ identity, deny: [right] }),
    /** Gives back all that was taken away. */
    allowAgain: () => void repository().permissions.splice(0),
    /** What the sandbox itself holds of a pull request. */
    state,
    threads: (id: number) =>
      // Not what the service itself notes there.
      state(id).threads.flatMap(({ comments }) =>
        comments.filter((one) => one.commentType === "text").map(({ content }) => content),
      ),
    statuses: async () => (await pullRequests()).map(({ status }) => status),
    stop: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
