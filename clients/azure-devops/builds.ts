import type { Build, Timeline } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, get, list, orAbsent } from "./connection.ts";

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
  let continuationToken: string | undefined;
  do {
    const answer = await call(ado, {
      project,
      path: ["build", "builds"],
      query: {
        statusFilter: status,
        definitions: definitions.length > 0 ? definitions.join(",") : undefined,
        branchName: options.branch,
        buildNumber: options.buildNumber,
        resultFilter: results.length > 0 ? results.join(",") : undefined,
        queryOrder: "queueTimeDescending",
        $top: Math.min(top, 1000),
        continuationToken,
      },
    });
    builds.push(...answer.json<{ value: readonly Build[] }>().value);
    continuationToken = answer.headers.get("x-ms-continuationtoken") ?? undefined;
  } while (continuationToken !== undefined && builds.length < top);
  return builds.slice(0, top);
}

export function getBuild(
  ado: AzureDevOps,
  { project, build }: OfBuild,
): Promise<Build | undefined> {
  return orAbsent(get<Build>(ado, { project, path: ["build", "builds", build] }));
}

/** @returns undefined for an unknown build, and for one that has not started yet (204). */
export async function getTimeline(
  ado: AzureDevOps,
  { project, build }: OfBuild,
): Promise<Timeline | undefined> {
  const path = ["build", "builds", build, "timeline"];
  const answer = await orAbsent(call(ado, { project, path }));
  if (answer === undefined || answer.status === 204) return undefined;
  return answer.json<Timeline | null>() ?? undefined;
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
