import { refusals } from "../api-error.ts";
import { mergeBases, resolveCommit } from "../git/objects.ts";
import { git } from "../git/run-git.ts";
import { identityRef } from "../identities.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Organisation, Repository } from "../state.ts";
import { commitOf, repositoryOf } from "./git-call.ts";
import { changesBetween, emptyTree } from "./changes.ts";

const base = "{project?}/_apis/git/repositories/{repositoryId}";

// Commits - Get, Get Commits, Get Changes; Merge Bases - List (REST 7.1).
export const commitRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "commits",
    id: "c2570c3b-5b3f-41b8-98bf-5407bfde8d58",
    template: `${base}/commits/{commitId?}`,
    resourceVersion: 2,
    methods: { GET: (call) => (call.params["commitId"] ? getCommit(call) : listCommits(call)) },
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
    methods: { GET: getMergeBases },
  },
];

async function getCommit(call: Call) {
  const repository = repositoryOf(call);
  const [commit] = await readCommits(repository, ["-1", await named(call, repository)]);
  if (!commit) throw refusals.commit(call.params["commitId"] ?? "");
  return { json: commitJson({ ...call, repository }, commit) };
}

// `--first-parent` is not what the service does by default: it simplifies history like git log.
async function listCommits(call: Call) {
  const repository = repositoryOf(call);
  const query = (name: string) => call.query[`searchcriteria.${name}`];
  const tip = await commitOf(call, repository, "searchCriteria.itemVersion").catch(() => undefined);
  if (tip === undefined) {
    if (query("itemversion.version")) throw refusals.commit(query("itemversion.version") ?? "");
    return listOf([]);
  }
  const args = [
    `--max-count=${query("$top") ?? call.query["$top"] ?? 100}`,
    `--skip=${query("$skip") ?? call.query["$skip"] ?? 0}`,
    ...(query("fromdate") ? [`--since=${query("fromdate")}`] : []),
    ...(query("todate") ? [`--until=${query("todate")}`] : []),
    ...(query("historymode") === "firstParent" ? ["--first-parent"] : []),
    tip,
    "--",
    ...(query("itempath") ? [(query("itempath") ?? "").replace(/^\/+/, "") || "."] : []),
  ];
  const commits = await readCommits(repository, args);
  return listOf(
    commits.map((commit) => commitJson({ ...call, repository }, commit, { whole: false })),
  );
}

async function getChanges(call: Call) {
  const repository = repositoryOf(call);
  const commit = await named(call, repository);
  const parent = (await resolveCommit(repository.directory, `${commit}^1`)) ?? emptyTree;
  const changes = await changesBetween(repository, parent, commit);
  const skip = Number(call.query["skip"] ?? 0);
  const top = Number(call.query["top"] ?? 100);
  return { json: { changeCounts: countsOf(changes), changes: changes.slice(skip, skip + top) } };
}

async function getMergeBases(call: Call) {
  const repository = repositoryOf(call);
  const a = await named(call, repository);
  const other = call.query["othercommitid"] ?? "";
  const b = await resolveCommit(repository.directory, other);
  if (!b) throw refusals.commit(other);
  const bases = await mergeBases(repository.directory, a, b);
  return listOf(bases.map((commitId) => ({ commitId })));
}

async function named(call: Call, repository: Repository): Promise<string> {
  const wanted = call.params["commitId"] ?? "";
  const found = await resolveCommit(repository.directory, wanted);
  if (!found) throw refusals.commit(wanted);
  return found;
}

function countsOf(changes: readonly { readonly changeType: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { changeType } of changes) {
    const name = changeType.charAt(0).toUpperCase() + changeType.slice(1);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

type Person = { readonly name: string; readonly email: string; readonly date: string };
export type RawCommit = {
  readonly id: string;
  readonly parents: readonly string[];
  readonly tree: string;
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
};

async function readCommits(
  repository: Repository,
  args: readonly string[],
): Promise<readonly RawCommit[]> {
  const format = ["%H", "%P", "%T", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x00");
  const out = await git(repository.directory, ["log", "-z", `--format=${format}%x00`, ...args]);
  const fields = out.split("\0");
  const commits: RawCommit[] = [];
  // Ten fields a commit, then the separator of `-z`.
  for (let at = 0; at + 9 < fields.length; at += 11) {
    const [id = "", parents = "", tree = "", an = "", ae = "", ai = "", cn = "", ce = "", ci = ""] =
      fields.slice(at, at + 9);
    commits.push({
      id,
      parents: parents.split(" ").filter(Boolean),
      tree,
      author: { name: an, email: ae, date: new Date(ai).toISOString() },
      committer: { name: cn, email: ce, date: new Date(ci).toISOString() },
      message: (fields[at + 9] ?? "").trimEnd(),
    });
  }
  return commits;
}

/** Lists leave the parents out and cut the message at its first line, as the service does. */
function commitJson(
  at: { readonly organisation: Organisation; readonly repository: Repository },
  commit: RawCommit,
  { whole }: { readonly whole: boolean } = { whole: true },
) {
  const { organisation, repository } = at;
  const push = repository.pushes.get(commit.id);
  const [subject = ""] = commit.message.split("\n");
  const truncated = !whole && subject !== commit.message;
  const root = `${organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}`;
  return {
    ...(whole ? { treeId: commit.tree } : {}),
    commitId: commit.id,
    author: commit.author,
    committer: commit.committer,
    comment: whole ? commit.message : subject,
    ...(truncated ? { commentTruncated: true } : {}),
    ...(whole ? { parents: commit.parents } : {}),
    url: `${root}/commits/${commit.id}`,
    remoteUrl: `${organisation.url}/${encodeURIComponent(repository.project.name)}/_git/${encodeURIComponent(repository.name)}/commit/${commit.id}`,
    ...(whole && push
      ? {
          push: {
            pushedBy: identityRef(push.by, organisation.url),
            pushId: push.pushId,
            date: push.date,
          },
        }
      : {}),
  };
}
