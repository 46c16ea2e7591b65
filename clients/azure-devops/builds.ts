import type { Build, Timeline } from "../../core/azure-devops/types.ts";
import {
  type AzureDevOps,
  call,
  get,
  list,
  listIn,
  oddAnswer,
  pagesOf,
  takeOrAbsent,
} from "./connection.ts";

type OfBuild = { readonly project: string; readonly build: number };

/** Runs in one state, at most 5,000. `definitions` are definition ids; absent or empty = all. */
export async function listBuilds(
  ado: AzureDevOps,
  options: {
    readonly project: string;
    readonly status: "inProgress" | "completed" | "notStarted" | "all";
    readonly definitions?: readonly number[];
    /** A full ref. */
    readonly branch?: string;
    readonly results?: readonly ("succeeded" | "partiallySucceeded" | "failed" | "canceled")[];
    /** A run's name; several runs may bear it. */
    readonly buildNumber?: string;
    readonly top?: number;
  },
): Promise<readonly Build[]> {
  const { project, status, definitions = [], results = [], top = 5000 } = options;
  const builds: Build[] = [];
  const query = {
    statusFilter: status,
    definitions: definitions.length > 0 ? definitions.join(",") : undefined,
    branchName: options.branch,
    buildNumber: options.buildNumber,
    resultFilter: results.length > 0 ? results.join(",") : undefined,
    queryOrder: "queueTimeDescending",
    $top: Math.min(top, 1000),
  };
  const path = ["build", "builds"];
  for await (const page of pagesOf<Build>(ado, { project, path, query })) {
    builds.push(...page);
    if (builds.length >= top) break;
  }
  return builds.slice(0, top);
}

/** @returns undefined when it is not there, or not open to this identity: the answer is the same. */
export async function getBuild(
  ado: AzureDevOps,
  { project, build }: OfBuild,
): Promise<Build | undefined> {
  const path = ["build", "builds", build];
  const found = await takeOrAbsent(get<Partial<Build>>(ado, { project, path }));
  if (found === undefined) return undefined;
  if (found?.id !== build || !found.project?.id) throw oddAnswer(`it is not build ${build}`);
  return found as Build;
}

/**
 * As {@link getBuild}, but `undefined` is certain: the project's list was read, and does not have it.
 * UNVERIFIED that the list leaves out an unknown id instead of refusing it (docs/unverified.md, 19).
 * @throws HttpError when that list cannot be read.
 */
export async function findBuild(
  ado: AzureDevOps,
  { project, build }: OfBuild,
): Promise<Build | undefined> {
  const found = await getBuild(ado, { project, build });
  if (found !== undefined) return found;
  const path = ["build", "builds"];
  const listed = await call(ado, { project, path, query: { buildIds: build, $top: 1000 } });
  return listIn<Build>({ path }, listed.json()).find(({ id }) => id === build);
}

/** @returns undefined for an unknown build, and for one that has not started yet (204). */
export async function getTimeline(
  ado: AzureDevOps,
  { project, build }: OfBuild,
): Promise<Timeline | undefined> {
  const path = ["build", "builds", build, "timeline"];
  const answer = await takeOrAbsent(call(ado, { project, path }));
  if (answer === undefined || answer.status === 204) return undefined;
  const timeline = answer.json<Partial<Timeline> | null>();
  if (timeline === null) return undefined;
  if (!Array.isArray(timeline.records)) throw oddAnswer(`it is no timeline of build ${build}`);
  return timeline as Timeline;
}

/** Adding a tag that is there already changes nothing. */
export async function addTag(
  ado: AzureDevOps,
  { project, build, tag }: OfBuild & { readonly tag: string },
): Promise<void> {
  await call(ado, { project, method: "PUT", path: ["build", "builds", build, "tags", tag] });
}

/** Names of what a run has published and still holds. */
export async function listArtefacts(
  ado: AzureDevOps,
  { project, build }: OfBuild,
): Promise<readonly string[]> {
  const path = ["build", "builds", build, "artifacts"];
  return (await list<{ readonly name: string }>(ado, { project, path })).map(({ name }) => name);
}

/**
 * Asks the service to cancel a run. UNVERIFIED that one stops which only a server task holds
 * (docs/unverified.md, 22). @throws HttpError 403 without the right to stop builds.
 */
export async function cancelBuild(ado: AzureDevOps, { project, build }: OfBuild): Promise<void> {
  const path = ["build", "builds", build];
  const answer = await call(ado, {
    project,
    path,
    method: "PATCH",
    json: { status: "Cancelling" },
  });
  if (answer.json<Partial<Build> | null>()?.id !== build)
    throw oddAnswer(`it is not build ${build}`);
}
