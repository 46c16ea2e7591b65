// Web and git addresses of Azure DevOps: dev.azure.com, the older visualstudio.com, Azure DevOps
// Server (any host), and the SSH forms. The organisation URL never ends in a slash.
import { contributionId, type Extension } from "../extension.ts";

/** A repository as named in an address: names or GUIDs, decoded. */
export type RepositoryAddress = {
  readonly organisationUrl: string;
  readonly project: string;
  readonly repository: string;
};

/**
 * Reads a git address of Azure Repos in any of its forms. Addresses that belong together (HTTPS, SSH,
 * with or without user, `DefaultCollection`, `_optimized` and `_full`) give the same answer; what
 * different readers could read differently (dot segments, encoded slashes, backslashes, spaces at the
 * ends) gives none.
 * @returns undefined when the address is not of Azure Repos.
 */
export function parseRepositoryUrl(url: string): RepositoryAddress | undefined {
  if (unclear.test(url)) return undefined;
  return parseSsh(url) ?? parseHttp(url);
}

// A space between words is one to Go's net/url and to browsers alike: both send %20.
// eslint-disable-next-line no-control-regex -- what a person does not see in an address
const unclear = /(?! )\s|^ | $|[\\\u0000-\u001f\u007f]|%2f|%5c|(^|[/:])(\.|%2e){1,2}([/?#]|$)/i;

// git@ssh.dev.azure.com:v3/org/project/repo, org@vs-ssh.visualstudio.com:v3/org/project/repo, the
// same before v3 (ssh://org@vs-ssh.visualstudio.com:22/DefaultCollection/project/_ssh/repo), and
// Azure DevOps Server's (ssh://host:22/tfs/Collection/project/_git/repo).
function parseSsh(url: string): RepositoryAddress | undefined {
  const [, user = "", named = "", path = ""] =
    /^ssh:\/\/(?:([^@/:]+)@)?([^/:@]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:([^@/:]+)@)([^/:@]+):(?!\/\/)\/?(.+)$/.exec(url) ??
    [];
  if (named === "") return undefined;
  const host = named.toLowerCase();
  const segments = segmentsOf(path);
  const isVs = host === "vs-ssh.visualstudio.com";
  if ((isVs || host === "ssh.dev.azure.com") && segments[0] === "v3") {
    const [, organisation = "", project = "", ...rest] = segments;
    const repository = repositoryIn(rest);
    const base = `https://dev.azure.com/${organisation.toLowerCase()}`;
    return repository === undefined ? undefined : address(base, project, repository);
  }
  const at = segments.findIndex((segment) => segment === "_git" || segment === "_ssh");
  const repository = repositoryIn(segments.slice(at + 1));
  if (at < 0 || repository === undefined || host === "ssh.dev.azure.com") return undefined;
  const before = segments.slice(0, at);
  const legacy = isVs ? user : /^([^.]+)\.visualstudio\.com$/.exec(host)?.[1];
  if (legacy !== undefined) {
    const [project = repository] = before.slice(isCollection(before[0]) ? 1 : 0);
    return legacy === ""
      ? undefined
      : address(`https://dev.azure.com/${legacy.toLowerCase()}`, project, repository);
  }
  const length = Math.max(1, before.length - 1);
  if (before.length < length) return undefined;
  const base = `ssh://${host}/${before.slice(0, length).join("/")}`;
  return address(base, before[length] ?? repository, repository);
}

function parseHttp(url: string): RepositoryAddress | undefined {
  const parsed = httpUrl(url);
  if (parsed === undefined) return undefined;
  const segments = segmentsOf(parsed.pathname);
  const at = segments.findIndex((segment) => segment === "_git");
  const repository = repositoryIn(segments.slice(at + 1));
  if (at < 0 || repository === undefined) return undefined;
  const before = segments.slice(0, at);
  const base = organisationOf(parsed, before);
  if (base === undefined) return undefined;
  // The default repository of a project may be named without its project.
  return address(base.url, before[base.length] ?? repository, repository);
}

/** Of what stands behind `_git`: `_optimized` and `_full` are views of the same repository. */
function repositoryIn(rest: readonly string[]): string | undefined {
  const [first = ""] = rest;
  const [repository, ...more] = ["_optimized", "_full"].includes(first) ? rest.slice(1) : rest;
  return more.length > 0 ? undefined : repository;
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function isCollection(segment: string | undefined): boolean {
  return segment?.toLowerCase() === "defaultcollection";
}

function organisationOf(url: URL, before: readonly string[]) {
  const legacy = /^([^.]+)\.visualstudio\.com$/.exec(url.hostname)?.[1];
  if (legacy !== undefined) {
    const length = isCollection(before[0]) ? 1 : 0;
    return { url: `https://dev.azure.com/${legacy}`, length };
  }
  const hosted = url.hostname === "dev.azure.com";
  // Server: https://host[/tfs]/collection/project/_git/repo; the project is the last one before.
  const length = hosted ? 1 : Math.max(1, before.length - 1);
  if (before.length < length) return undefined;
  return { url: `${url.origin}/${before.slice(0, length).join("/")}`, length };
}

function address(
  organisationUrl: string,
  project: string,
  repository: string,
): RepositoryAddress | undefined {
  try {
    return {
      organisationUrl: normalOrganisationUrl(organisationUrl),
      project: decodeURIComponent(project),
      repository: decodeURIComponent(repository),
    };
  } catch {
    return undefined; // a lone % in the address
  }
}

/** The same organisation gives the same text: one host form, no trailing slash, no user. */
export function normalOrganisationUrl(url: string): string {
  const parsed = httpUrl(url);
  if (parsed === undefined) return url.replace(/\/+$/, "");
  const legacy = /^([^.]+)\.visualstudio\.com$/.exec(parsed.hostname)?.[1];
  if (legacy !== undefined) return `https://dev.azure.com/${legacy}`;
  const path = parsed.pathname.replace(/\/+$/, "");
  return `${parsed.origin}${parsed.hostname === "dev.azure.com" ? path.toLowerCase() : path}`;
}

/**
 * Equal up to letter case, as Azure DevOps compares names; names and GUIDs are not resolved. An SSH
 * address of a server says neither scheme nor port of its web address: host and collection decide.
 */
export function sameRepository(a: RepositoryAddress, b: RepositoryAddress): boolean {
  const bySsh = [a, b].some(({ organisationUrl }) => organisationUrl.startsWith("ssh://"));
  const base = (url: string) => (bySsh ? url.replace(/^\w+:\/\/([^/:]+)(:\d+)?/, "$1") : url);
  const key = (of: RepositoryAddress) =>
    [base(normalOrganisationUrl(of.organisationUrl)), of.project, of.repository]
      .join("\n")
      .toLowerCase();
  return key(a) === key(b);
}

/** HTTPS address for git, without a user. */
export function repositoryUrl({ organisationUrl, project, repository }: RepositoryAddress): string {
  return `${trimmed(organisationUrl)}/${encoded(project)}/_git/${encoded(repository)}`;
}

export function pullRequestUrl(repository: RepositoryAddress, id: number): string {
  return `${repositoryUrl(repository)}/pullrequest/${id}`;
}

export function workItemUrl(
  { organisationUrl, project }: Pick<RepositoryAddress, "organisationUrl" | "project">,
  id: number,
): string {
  return `${organisationUrl}/${encodeURIComponent(project)}/_workitems/edit/${id}`;
}

export function commitUrl(repository: RepositoryAddress, commit: string): string {
  return `${repositoryUrl(repository)}/commit/${commit}`;
}

/** Names a run, and inside it the log of one task. */
export type RunAddress = {
  readonly organisationUrl: string;
  readonly project: string;
  readonly build: number;
};
export type TaskAddress = RunAddress & { readonly job: string; readonly task: string };

export function runUrl({ organisationUrl, project, build }: RunAddress): string {
  return `${trimmed(organisationUrl)}/${encoded(project)}/_build/results?buildId=${build}`;
}

/** Web address of a task's log: the only place where the letter of a wait keeps its ids. */
export function taskLogUrl(task: TaskAddress): string {
  return `${runUrl(task)}&view=logs&j=${task.job}&t=${task.task}`;
}

/** Reads {@link taskLogUrl}; ids in lower case. @returns undefined for any other address. */
export function parseTaskLogUrl(url: string): TaskAddress | undefined {
  const run = parseRunUrl(url);
  const query = httpUrl(url)?.searchParams;
  const job = query?.get("j")?.toLowerCase() ?? "";
  const task = query?.get("t")?.toLowerCase() ?? "";
  return run !== undefined && guid.test(job) && guid.test(task) ? { ...run, job, task } : undefined;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A project or repository named by its id, in any letter case. */
export function isGuid(text: string): boolean {
  return guid.test(text.toLowerCase());
}

/** Reads {@link runUrl}. @returns undefined for any other address. */
export function parseRunUrl(url: string): RunAddress | undefined {
  const parsed = httpUrl(url);
  const [, path = ""] = /^(.+)\/_build\/results\/?$/.exec(parsed?.pathname ?? "") ?? [];
  const build = Number(parsed?.searchParams.get("buildId") ?? "");
  if (parsed === undefined || !Number.isSafeInteger(build) || build < 1) return undefined;
  const segments = path.split("/").filter((segment) => segment !== "");
  const base = organisationOf(parsed, segments);
  const project = base === undefined ? undefined : segments[base.length];
  if (base === undefined || project === undefined) return undefined;
  const found = address(base.url, project, "");
  if (found === undefined) return undefined;
  return { organisationUrl: found.organisationUrl, project: found.project, build };
}

/** The hub page of an environment, optionally at one commit. */
export function environmentsHubUrl(hub: {
  readonly extension: Extension;
  readonly organisationUrl: string;
  readonly project: string;
  readonly environment?: string;
  readonly commit?: string;
}): string {
  const query = new URLSearchParams();
  if (hub.environment !== undefined) query.set("environment", hub.environment);
  if (hub.commit !== undefined) query.set("commit", hub.commit);
  const tail = query.size > 0 ? `?${query.toString()}` : "";
  const page = `${trimmed(hub.organisationUrl)}/${encoded(hub.project)}/_apps/hub`;
  return `${page}/${encoded(contributionId(hub.extension, "environments"))}${tail}`;
}

function httpUrl(url: string): URL | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  return new URL(url);
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}

function encoded(segment: string): string {
  return encodeURIComponent(segment);
}
