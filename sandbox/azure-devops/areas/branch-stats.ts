import { countLeftRight } from "../git/count-commits.ts";
import { listRefs } from "../git/list-refs.ts";
import { readCommits } from "../git/read-commits.ts";
import type { Call, Route } from "../route.ts";
import type { Repository } from "../repository.ts";
import { commitRef } from "./commit-json.ts";
import { descriptorOf, repositoryOf, resolveVersionedCommit } from "./git-call.ts";
import { gitList } from "./repositories.ts";

const base = "{project?}/_apis/git/repositories/{repositoryId}/stats/branches";
const heads = "refs/heads/";

// Stats - List, Get (REST 7.1): each branch against the default one, or a given base.
export const branchStatRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "branchStats",
    id: "d5b216de-d8d5-4d32-ae76-51df755b16d3",
    template: base,
    resourceVersion: 2,
    methods: { GET: (call) => (call.query["name"] === undefined ? list(call) : get(call)) },
  },
  {
    area: "git",
    resource: "branchStats",
    id: "40c1f5b7-2bb6-4c28-b844-0f47cd6bb610",
    template: `${base}/{*name}`,
    methods: { GET: get },
  },
];

async function list(call: Call) {
  const repository = repositoryOf(call);
  const branches = (await listRefs(repository.directory)).filter(({ name }) =>
    name.startsWith(heads),
  );
  if (branches.length === 0) return gitList([]);
  const against = await findBaseOf(call, repository);
  const stats = branches.map(({ name, objectId }) =>
    readStatOf(call, repository, { name: name.slice(heads.length), commit: objectId, against }),
  );
  return gitList(await Promise.all(stats));
}

async function get(call: Call) {
  const repository = repositoryOf(call);
  const name = (call.query["name"] ?? call.params["name"] ?? "").replace(heads, "");
  const commit = await resolveVersionedCommit(repository, { version: name, type: "branch" });
  const against = await findBaseOf(call, repository);
  return { json: await readStatOf(call, repository, { name, commit, against }) };
}

function findBaseOf(call: Call, repository: Repository): Promise<string> {
  return resolveVersionedCommit(repository, descriptorOf(call, "baseVersionDescriptor"));
}

async function readStatOf(
  { organisation }: Call,
  repository: Repository,
  branch: { readonly name: string; readonly commit: string; readonly against: string },
) {
  const { name, commit, against } = branch;
  const [[read], { left, right }] = await Promise.all([
    readCommits(repository.directory, ["-1", commit]),
    countLeftRight(repository.directory, against, commit),
  ]);
  return {
    ...(read ? { commit: commitRef({ organisation, repository }, read) } : {}),
    name,
    aheadCount: right,
    behindCount: left,
    isBaseVersion: commit === against,
  };
}
