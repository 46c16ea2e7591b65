// The steps of a scenario: what a developer, an approver and the pipeline do, and what is seen.
import type {
  Build,
  CommitStatus,
  PullRequest,
  TimelineRecord,
} from "../../core/azure-devops/types.ts";
import { eventually } from "./eventually.ts";
import { gitPush, type Change } from "../../sandbox/test/support/git-push.ts";
import { restOf, type Rest } from "../../sandbox/test/support/rest.ts";
import type { World } from "./world.ts";

const manifests = "shop/_apis/git/repositories/manifests";
// A real cluster on two busy cores needs time.
const patience = { withinMs: 150_000, everyMs: 150 };

export function as(world: World, who: Parameters<typeof restOf>[1]): Rest {
  return restOf(world.sandbox, who);
}

/** Pushes to a repository's main branch; the commit. */
export function push(world: World, repository: string, change: Change): Promise<string> {
  return gitPush(`${world.sandbox.organisationUrl}/shop/_git/${repository}`, change);
}

type List<T> = { readonly value: readonly T[] };

/** The run that a commit started. */
export function runOf(world: World, commit: string): Promise<Build> {
  return eventually(
    `a run of ${commit.slice(0, 8)}`,
    async () => {
      const { value } = await as(world, "reader").get<List<Build>>("shop/_apis/build/builds");
      return value.find(({ sourceVersion }) => sourceVersion === commit);
    },
    patience,
  );
}

/** Pushes and waits until the run's wait in the environment is open. */
export async function deploy(
  world: World,
  {
    repository,
    environment = "dev",
    ...change
  }: Change & { repository: string; environment?: string },
): Promise<{ readonly run: Build; readonly pullRequest: PullRequest }> {
  const run = await runOf(world, await push(world, repository, change));
  await waiting(world, run, environment);
  return { run, pullRequest: await pullRequestOf(world, run, environment) };
}

/** The task of a run's stage that waits for Flux, once it waits. */
export function waiting(world: World, run: Build, environment = "dev"): Promise<TimelineRecord> {
  return eventually(
    `run ${run.id} to wait in ${environment}`,
    async () => {
      const build = await buildOf(world, run);
      const record = await waitRecord(world, run, environment);
      if (build.status === "completed" && record?.state !== "completed") {
        throw new Error(`run ${run.id} ended ${build.result}: ${await failureOf(world, run)}`);
      }
      return record?.state === "pending" && record.log ? record : undefined;
    },
    patience,
  );
}

export async function waitRecord(world: World, run: Build, environment = "dev") {
  return (await records(world, run)).find(
    ({ task, identifier }) =>
      ["WaitForFlux", "InvokeRESTAPI"].includes(task?.name ?? "") &&
      (identifier ?? "").startsWith(`${environment}.`),
  );
}

export async function records(world: World, run: Build): Promise<readonly TimelineRecord[]> {
  const url = `shop/_apis/build/builds/${run.id}/timeline`;
  const answer = await as(world, "reader").get<{ records?: readonly TimelineRecord[] } | "">(url);
  return answer === "" ? [] : (answer.records ?? []);
}

export function pullRequestOf(world: World, run: Build, environment = "dev"): Promise<PullRequest> {
  return eventually(
    `a pull request of run ${run.id}`,
    async () => {
      const all = await as(world, "reader").get<List<PullRequest>>(
        `${manifests}/pullrequests?searchCriteria.status=all`,
      );
      return all.value.find(({ sourceRefName }) =>
        new RegExp(`/${environment}/${run.id}(-\\d+)?$`).test(sourceRefName),
      );
    },
    patience,
  );
}

export function readPullRequest(world: World, id: number): Promise<PullRequest> {
  return as(world, "reader").get(`${manifests}/pullrequests/${id}`);
}

/** Approves and completes as the approver; the merge commit. */
export async function complete(
  world: World,
  { pullRequestId }: PullRequest,
  mergeStrategy = "noFastForward",
): Promise<string> {
  const rest = as(world, "approver");
  const url = `${manifests}/pullrequests/${pullRequestId}`;
  const { authenticatedUser } = await rest.get<{ authenticatedUser: { id: string } }>(
    "_apis/connectionData",
  );
  await rest.send("PUT", `${url}/reviewers/${authenticatedUser.id}`, { vote: 10 });
  const { lastMergeSourceCommit } = await rest.get<PullRequest>(url);
  await rest.send("PATCH", url, {
    status: "completed",
    lastMergeSourceCommit,
    completionOptions: { mergeStrategy, deleteSourceBranch: true },
  });
  return eventually(
    `pull request !${pullRequestId} to complete`,
    async () => {
      const { status, lastMergeCommit, mergeStatus } = await rest.get<PullRequest>(url);
      if (mergeStatus === "conflicts") throw new Error(`!${pullRequestId} has conflicts`);
      return status === "completed" ? lastMergeCommit?.commitId : undefined;
    },
    patience,
  );
}

export async function abandon(world: World, { pullRequestId }: PullRequest): Promise<void> {
  const url = `${manifests}/pullrequests/${pullRequestId}`;
  await as(world, "approver").send("PATCH", url, { status: "abandoned" });
}

export function buildOf(world: World, run: Build): Promise<Build> {
  return as(world, "reader").get(`shop/_apis/build/builds/${run.id}`);
}

/** The run's result once it has ended. */
export function ended(world: World, run: Build): Promise<string | undefined> {
  return eventually(
    `run ${run.id} to end`,
    async () => {
      const { status, result } = await buildOf(world, run);
      return status === "completed" ? result : undefined;
    },
    patience,
  );
}

/** Lines of the waiting task's log, without their times. */
export async function waitLog(
  world: World,
  run: Build,
  environment = "dev",
): Promise<readonly string[]> {
  const record = await waitRecord(world, run, environment);
  return record?.log ? logLines(world, run, record.log.id) : [];
}

export async function logLines(world: World, run: Build, log: number): Promise<readonly string[]> {
  const { value } = await as(world, "reader").get<List<string>>(
    `shop/_apis/build/builds/${run.id}/logs/${log}`,
  );
  return value.map((line) => line.replace(/^\S+Z /, ""));
}

/** Waits until a line of the wait's log fits. */
export function said(world: World, run: Build, pattern: RegExp) {
  return eventually(
    `the wait of run ${run.id} to say ${pattern.source}`,
    async () => (await waitLog(world, run)).find((line) => pattern.test(line)),
    patience,
  );
}

export async function statuses(
  world: World,
  commit: string,
  repository = "manifests",
): Promise<readonly CommitStatus[]> {
  const { value } = await as(world, "reader").get<List<CommitStatus>>(
    `shop/_apis/git/repositories/${repository}/commits/${commit}/statuses`,
  );
  return [...value].sort((a, b) => a.id - b.id);
}

/** Waits until the newest status of a context has the state; that status. */
export function statusBecomes(
  world: World,
  {
    commit,
    repository,
    name,
    state,
  }: { commit: string; repository?: string; name: string; state: string },
): Promise<CommitStatus> {
  return eventually(
    `${name} on ${commit.slice(0, 8)} to become ${state}`,
    async () => {
      const own = (await statuses(world, commit, repository)).filter(
        ({ context }) => context.name === name,
      );
      const newest = own.at(-1);
      return newest?.state === state ? newest : undefined;
    },
    patience,
  );
}

/** A file of the manifests repository's main branch. */
export async function manifestFile(world: World, path: string): Promise<string> {
  const answer = await as(world, "reader").get<unknown>(
    `${manifests}/items?path=/${path}&includeContent=true&$format=json`,
  );
  return (answer as { readonly content?: string }).content ?? String(answer);
}

/** Last log lines of every record that failed, for messages. */
export async function failureOf(world: World, run: Build): Promise<string> {
  const failed = (await records(world, run)).filter(({ result }) => result === "failed");
  const lines = await Promise.all(
    failed.map(
      async ({ name, log }) =>
        `${name}: ${log ? (await logLines(world, run, log.id)).slice(-8).join(" / ") : ""}`,
    ),
  );
  return lines.join("; ");
}
