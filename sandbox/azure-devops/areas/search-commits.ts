import { refusals } from "../api-error.ts";
import { readCommits } from "../git/read-commits.ts";
import { identityRef } from "../identities.ts";
import type { Call } from "../route.ts";
import type { Repository } from "../repository.ts";
import { readCommitsJson } from "./commit-json.ts";
import { repositoryOf, resolveVersionedCommit, type VersionDescriptor } from "./git-call.ts";
import { gitList } from "./repositories.ts";
import { latestOnly, statusJson } from "./statuses.ts";

/** GitQueryCommitsCriteria, as the query or the body of the batch spells it. */
type Criteria = {
  readonly skip: number;
  readonly top: number;
  readonly item: VersionDescriptor | undefined;
  readonly compare: VersionDescriptor | undefined;
  readonly text: (name: string) => string | undefined;
  readonly is: (name: string) => boolean;
  readonly ids: readonly string[];
};

/** `GET …/commits`: criteria stand with or without the prefix `searchCriteria.`. */
export function searchCommits(call: Call) {
  const at = (name: string) =>
    call.query[`searchcriteria.${name.toLowerCase()}`] ?? call.query[name.toLowerCase()];
  return search(call, {
    ...criteriaFrom(at),
    ids: Object.entries(call.query)
      .filter(([name]) => /^searchcriteria\.ids(\[\d+\])?$/.test(name))
      .flatMap(([, value]) => value.split(",")),
  });
}

/** `POST …/commitsBatch`: the same criteria as an object. */
export function searchBatch(call: Call) {
  const body = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const at = (name: string) => {
    const [first = "", second] = name.split(".");
    const value = body[first] ?? call.query[first.toLowerCase()];
    const inner =
      second === undefined ? value : (value as Record<string, unknown> | undefined)?.[second];
    return inner === undefined || inner === null ? undefined : plain(inner);
  };
  const ids = Array.isArray(body["ids"]) ? body["ids"].map(String) : [];
  return search(call, { ...criteriaFrom(at), ids });
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function criteriaFrom(at: (name: string) => string | undefined): Omit<Criteria, "ids"> {
  const descriptor = (name: string) => {
    const version = at(`${name}.version`);
    return version === undefined
      ? undefined
      : { version, type: at(`${name}.versionType`), options: at(`${name}.versionOptions`) };
  };
  return {
    skip: Number(at("$skip") ?? 0),
    top: Number(at("$top") ?? 100),
    item: descriptor("itemVersion"),
    compare: descriptor("compareVersion"),
    text: at,
    is: (name) => at(name)?.toLowerCase() === "true",
  };
}

async function search(call: Call, criteria: Criteria) {
  const repository = repositoryOf(call);
  const range = await readRangeOf(repository, criteria);
  if (range === undefined) return gitList([]);
  const { directory } = repository;
  const commits = await readCommits(directory, [...filters(criteria), ...range]);
  const listed = await readCommitsJson({ ...call, repository }, commits);
  return gitList(
    listed.map((commit) => ({
      ...commit,
      ...pushOf(call, repository, { id: commit.commitId, criteria }),
      ...statusesOf(call, repository, { id: commit.commitId, criteria }),
      ...workItemsOf(call, commit, criteria),
    })),
  );
}

async function readRangeOf(
  repository: Repository,
  { ids, item, compare, text }: Criteria,
): Promise<readonly string[] | undefined> {
  if (ids.length > 0) return ["--no-walk=unsorted", ...ids];
  const path = text("itemPath")?.replace(/^\/+/, "");
  if (path?.split("/").includes("..")) {
    throw refusals.argument("Invalid argument value.\r\nParameter name: searchCriteria.itemPath");
  }
  const paths = ["--", ...(path === undefined ? [] : [path || "."])];
  const tip = await resolveVersionedCommit(repository, item ?? {}).catch(() => undefined);
  if (tip === undefined) {
    if (item) throw refusals.commit(item.version ?? "");
    // An empty repository.
    return undefined;
  }
  if (!compare) return [tip, ...paths];
  // History starts at the compared version and leaves out what the item's version has.
  return [await resolveVersionedCommit(repository, compare), `^${tip}`, ...paths];
}

// Without a path history is not simplified; `firstParent` follows the branch itself.
function filters({ skip, top, text, is }: Criteria): readonly string[] {
  const mode = text("historyMode")?.toLowerCase();
  const given = (option: string, name: string) => {
    const value = text(name);
    return value === undefined || value === "" ? [] : [`--${option}=${value}`];
  };
  return [
    `--max-count=${top}`,
    `--skip=${skip}`,
    "--regexp-ignore-case",
    "--fixed-strings",
    ...given("since", "fromDate"),
    ...given("until", "toDate"),
    ...given("author", "author"),
    ...given("committer", "user"),
    ...(mode === "firstparent" || mode === "1" ? ["--first-parent"] : []),
    ...(mode === "fullhistory" || mode === "2" ? ["--full-history"] : []),
    ...(is("excludeDeletes") ? ["--diff-filter=d"] : []),
    ...(is("showOldestCommitsFirst") ? ["--reverse"] : []),
  ];
}

// "Mention #ID in the comment" is one of the two documented ways to link them.
function workItemsOf(
  { organisation }: Call,
  { comment }: { readonly comment: string },
  criteria: Criteria,
) {
  if (!criteria.is("includeWorkItems")) return {};
  const ids = [...comment.matchAll(/(?:^|\s)#(\d+)\b/g)].flatMap(([, id]) => id ?? []);
  const of = (id: string) => ({ id, url: `${organisation.url}/_apis/wit/workItems/${id}` });
  return { workItems: [...new Set(ids)].map(of) };
}

type Asked = { readonly id: string; readonly criteria: Criteria };

function pushOf(call: Call, repository: Repository, { id, criteria }: Asked) {
  const push = repository.pushes.get(id);
  if (!push || !criteria.is("includePushData")) return {};
  const { by, pushId, date } = push;
  return { push: { pushedBy: identityRef(by, call.organisation.url), pushId, date } };
}

function statusesOf(call: Call, repository: Repository, { id, criteria }: Asked) {
  if (!criteria.is("includeStatuses")) return {};
  const all = latestOnly(repository.statuses.get(id) ?? []);
  return { statuses: all.map((status) => statusJson(call.organisation, status)) };
}
