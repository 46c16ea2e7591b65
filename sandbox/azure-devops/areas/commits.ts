import { refusals } from "../api-error.ts";
import { mergeBases, resolveCommit } from "../git/objects.ts";
import { readCommits } from "../git/read-commits.ts";
import { numberOf } from "../paging.ts";
import type { Call, Route } from "../route.ts";
import type { Repository } from "../repository.ts";
import { readChangesBetween, countsOf, emptyTree } from "./changes.ts";
import { commitJson } from "./commit-json.ts";
import { repositoryOf } from "./git-call.ts";
import { gitList } from "./repositories.ts";
import { searchBatch, searchCommits } from "./search-commits.ts";

const base = "{project?}/_apis/git/repositories/{repositoryId}";

// Commits - Get, Get Commits, Get Commits Batch, Get Changes; Merge Bases - List (REST 7.1).
export const commitRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "commits",
    id: "c2570c3b-5b3f-41b8-98bf-5407bfde8d58",
    template: `${base}/commits/{commitId?}`,
    resourceVersion: 2,
    methods: { GET: (call) => (call.params["commitId"] ? getCommit(call) : searchCommits(call)) },
  },
  {
    area: "git",
    resource: "commitsBatch",
    id: "6400dfb2-0bcb-462b-b992-5a57f8f1416c",
    template: `${base}/commitsBatch`,
    resourceVersion: 2,
    methods: { POST: searchBatch },
  },
  {
    area: "git",
    resource: "changes",
    id: "5bf884f5-3e07-42e9-afb8-1b872267bf16",
    template: `${base}/commits/{commitId}/changes`,
    methods: { GET: getChanges },
  },
  {
    area: "git",
    resource: "mergeBases",
    id: "7cf2abb6-c964-4f7e-9872-f78c66e72e9c",
    template: `${base}/commits/{commitId}/mergebases`,
    location:
      "{project}/_apis/{area}/repositories/{repositoryNameOrId}/commits/{commitId}/{resource}",
    minVersion: "4.1",
    methods: { GET: getMergeBases },
  },
];

async function getCommit(call: Call) {
  const repository = repositoryOf(call);
  const id = await resolveNamed(call, repository);
  const [commit] = await readCommits(repository.directory, ["-1", id]);
  if (!commit) throw refusals.commit(call.params["commitId"] ?? "");
  const counted = numberOf(call, "changecount", 0);
  const changes = counted > 0 ? await readChangesOf(call, repository, id) : [];
  return {
    json: {
      ...commitJson({ ...call, repository }, commit),
      ...(counted > 0
        ? { changes: changes.slice(0, counted), changeCounts: countsOf(changes) }
        : {}),
    },
  };
}

async function getChanges(call: Call) {
  const repository = repositoryOf(call);
  const changes = await readChangesOf(call, repository, await resolveNamed(call, repository));
  const skip = numberOf(call, "skip", 0);
  const top = numberOf(call, "top", 100);
  return { json: { changeCounts: countsOf(changes), changes: changes.slice(skip, skip + top) } };
}

async function readChangesOf({ organisation }: Call, repository: Repository, commit: string) {
  const parent = (await resolveCommit(repository.directory, `${commit}^1`)) ?? emptyTree;
  return readChangesBetween({ organisation, repository }, parent, commit);
}

async function getMergeBases(call: Call) {
  const repository = repositoryOf(call);
  const a = await resolveNamed(call, repository);
  const other = call.query["othercommitid"] ?? "";
  const b = await resolveCommit(repository.directory, other);
  if (!b) throw refusals.commit(other);
  const bases = await mergeBases(repository.directory, a, b);
  return gitList(bases.map((commitId) => ({ commitId })));
}

async function resolveNamed(call: Call, repository: Repository): Promise<string> {
  const wanted = call.params["commitId"] ?? "";
  const found = await resolveCommit(repository.directory, wanted);
  if (!found) throw refusals.commit(wanted);
  return found;
}
