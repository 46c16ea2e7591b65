import { repositoryWeb } from "../../azure-devops/areas/repository-json.ts";
import { runGit } from "../../azure-devops/git/run-git.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { pageOf } from "./page.ts";
import { runOf, type CurrentState } from "./run-call.ts";

// Builds - Get Build Changes, Get Build Work Items Refs (REST 7.1).
export function buildChangeRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "changes",
      id: "54572c7b-bbd3-45d4-80dc-28be08941620",
      template: "{project}/_apis/build/builds/{buildId}/changes",
      resourceVersion: 2,
      methods: { GET: (call) => readChanges(state(), call) },
    },
    {
      area: "build",
      resource: "workitems",
      id: "5a21f5d2-5642-47e4-a0bd-1356e6731bee",
      template: "{project}/_apis/build/builds/{buildId}/workitems",
      resourceVersion: 2,
      methods: {
        GET: (call) => workItems(state(), call),
        POST: (call) => workItems(state(), call),
      },
    },
  ];
}

type Commit = {
  readonly id: string;
  readonly message: string;
  readonly name: string;
  readonly email: string;
  readonly date: string;
};

async function readChanges(state: PipelinesState, call: Call): Promise<Answer> {
  const run = runOf(state, call);
  const commits = await readCommitsOf(state, run);
  const { project, repository } = run.definition;
  const root = `${call.organisation.url}/${project.name}/_apis/git/repositories/${repository.id}/commits`;
  const json = commits.map(({ id, message, name, email, date }) => ({
    ...{ id, message, type: "TfsGit", author: { displayName: name, uniqueName: email } },
    timestamp: date,
    location: `${root}/${id}`,
    displayUri: `${repositoryWeb(call.organisation, repository)}/commit/${id}`,
  }));
  const { items, headers } = pageOf(call, json, 200);
  return { ...listOf(items), headers };
}

/** Commits since the run before on that branch; of the first one only its own. */
async function readCommitsOf(state: PipelinesState, run: Run): Promise<readonly Commit[]> {
  const { definition, sourceBranch, sourceVersion, id } = run;
  const before = state.runs.findLast(
    (one) => one.definition === definition && one.sourceBranch === sourceBranch && one.id < id,
  );
  const range = before ? [`${before.sourceVersion}..${sourceVersion}`] : ["-1", sourceVersion];
  const out = await runGit(definition.repository.directory, [
    ...["log", "--format=%H%x00%s%x00%an%x00%ae%x00%aI"],
    ...range,
  ]).catch(() => "");
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [hash = "", message = "", name = "", email = "", date = ""] = line.split("\0");
      return { id: hash, message, name, email, date };
    });
}

// Mentions in the commits, as the service links them: `#123`.
async function workItems(state: PipelinesState, call: Call): Promise<Answer> {
  const run = runOf(state, call);
  const text = (await readCommitsOf(state, run)).map(({ message }) => message).join("\n");
  const ids = [...new Set([...text.matchAll(/#(\d+)/g)].map((match) => match[1] ?? ""))];
  return listOf(
    ids.map((id) => ({ id, url: `${call.organisation.url}/_apis/wit/workItems/${id}` })),
  );
}
