// A page of an extension, as anybody would write one: the vendor's SDK and clients, nothing else.
import * as SDK from "azure-devops-extension-sdk";
import { getClient } from "azure-devops-extension-api/Common";
import { BuildRestClient } from "azure-devops-extension-api/Build";
import { CoreRestClient } from "azure-devops-extension-api/Core";
import { ExtensionManagementRestClient } from "azure-devops-extension-api/ExtensionManagement";
import { GitRestClient, type GitPullRequest, type GitPush } from "azure-devops-extension-api/Git";
import { PolicyRestClient } from "azure-devops-extension-api/Policy";
import { TaskAgentRestClient } from "azure-devops-extension-api/TaskAgent";

const git = () => getClient(GitRestClient);
const build = () => getClient(BuildRestClient);
const repository = "shop";
const project = "shop";

const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  projects: async () => (await getClient(CoreRestClient).getProjects()).map(({ name }) => name),
  repositories: async () => (await git().getRepositories(project)).map(({ name }) => name),
  branches: async () => (await git().getBranches(repository, project)).map(({ name }) => name),
  refs: async () => (await git().getRefs(repository, project, "heads/main")).map((r) => r.name),
  commits: async () => {
    const [newest] = await git().getCommits(repository, {} as never, project, 0, 1);
    return { comment: newest?.comment, date: newest?.author.date instanceof Date };
  },
  items: async () => (await git().getItems(repository, project, "/", 1)).map(({ path }) => path),
  text: () => git().getItemText(repository, "README.md", project),
  push: async () => {
    const [main] = await git().getRefs(repository, project, "heads/main");
    const push = {
      refUpdates: [{ name: "refs/heads/change", oldObjectId: main?.objectId }],
      commits: [
        {
          comment: "From the browser",
          changes: [
            {
              changeType: 1,
              item: { path: "/new.txt" },
              newContent: { content: btoa("new\n"), contentType: 1 },
            },
          ],
        },
      ],
    };
    const { commits } = await git().createPush(push as unknown as GitPush, repository, project);
    return commits[0]?.comment;
  },
  pullRequest: async () => {
    const wanted = {
      sourceRefName: "refs/heads/change",
      targetRefName: "refs/heads/main",
      title: "From the browser",
    };
    const made = await git().createPullRequest(wanted as GitPullRequest, repository, project);
    const id = made.pullRequestId;
    const iterations = await git().getPullRequestIterations(repository, id, project);
    const changes = await git().getPullRequestIterationChanges(repository, id, 1, project);
    await git().createThread(
      { comments: [{ content: "Looks good", commentType: 1 }], status: 1 } as never,
      ...([repository, id, project] as const),
    );
    const threads = await git().getThreads(repository, id, project);
    const me = SDK.getUser().id;
    const vote = { vote: 10 } as never;
    const reviewer = await git().createPullRequestReviewer(vote, repository, id, me, project);
    const read = await git().getPullRequestById(id, project);
    const listed = await git().getPullRequests(repository, { status: 1 } as never, project);
    const edited = { title: "Edited" } as GitPullRequest;
    const { title } = await git().updatePullRequest(edited, repository, id, project);
    return {
      // Numbers where the service is asked for `enumsAsNumbers`, dates as Date objects.
      status: read.status,
      created: read.creationDate instanceof Date,
      iterations: iterations.length,
      changes: changes.changeEntries.map(({ changeType }) => changeType),
      comment: threads[0]?.comments[0]?.content,
      vote: reviewer.vote,
      listed: listed.length,
      title,
    };
  },
  statuses: async () => {
    const [main] = await git().getRefs(repository, project, "heads/main");
    const commit = main?.objectId ?? "";
    const status = { state: 2, description: "done", context: { name: "n", genre: "g" } } as never;
    await git().createCommitStatus(status, commit, repository, project);
    const [read] = await git().getStatuses(commit, repository, project);
    return { state: read?.state, created: read?.creationDate instanceof Date };
  },
  builds: async () => {
    const [definition] = await build().getDefinitions(project, "ci");
    const queued = await build().queueBuild(
      { definition: { id: definition?.id } } as never,
      project,
    );
    const read = await build().getBuild(project, queued.id);
    const all = await build().getBuilds(project);
    return {
      reason: read.reason,
      queued: read.queueTime instanceof Date,
      found: all.some(({ id }) => id === queued.id),
    };
  },
  variableGroups: async () =>
    (await getClient(TaskAgentRestClient).getVariableGroups(project)).map(({ name }) => name),
  environments: async () => (await getClient(TaskAgentRestClient).getEnvironments(project)).length,
  policies: async () => (await getClient(PolicyRestClient).getPolicyConfigurations(project)).length,
  document: async () => {
    const client = getClient(ExtensionManagementRestClient);
    const of = ["vendor", "page", "Default", "Current", "things"] as const;
    await client.setDocumentByName({ id: "a", value: 1 }, ...of);
    const read = (await client.getDocumentByName(...of, "a")) as { value: number; __etag: number };
    return { value: read.value, etag: typeof read.__etag };
  },
};

async function run(): Promise<void> {
  await SDK.init();
  const results: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(calls)) {
    results[name] = await call().catch((error: unknown) => `failed: ${String(error)}`);
  }
  document.title = "done";
  const heading = document.createElement("h1");
  heading.textContent = JSON.stringify(results);
  document.body.append(heading);
}

void run();
