import { parseRepositoryUrl, type RepositoryAddress } from "../../core/azure-devops/urls.ts";
import { resolve } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { TaskEnv } from "../common/task-env.ts";

export type Inputs = {
  /** Absolute path of the checkout. */
  readonly folder: string;
  readonly comments: boolean;
  /** Whether charts that do not lie in the repository are fetched. */
  readonly fetchCharts: boolean;
  /** Where fetched charts are kept; empty: nowhere. */
  readonly chartCache: string;
  readonly organisationUrl: string;
  readonly project: string;
  readonly repository: string;
  /** Its address as git knows it, where the agent says so. */
  readonly address?: RepositoryAddress | undefined;
  readonly build: number;
  /** Of this pipeline. */
  readonly definition: number | undefined;
  /** Absent outside of a build validation: then nothing is posted. */
  readonly pullRequest: number | undefined;
};

/** @throws InputError outside of a pipeline's job. */
export function readInputs(env: TaskEnv): Inputs {
  const variable = (name: string) => env.variable(name) ?? "";
  const inputs = {
    folder: resolve(env.input("folder") || variable("Build.SourcesDirectory") || "."),
    comments: env.flag("comments"),
    fetchCharts: env.flag("fetchCharts"),
    chartCache: env.input("chartCache"),
    organisationUrl: variable("System.CollectionUri").replace(/\/+$/, ""),
    project: variable("System.TeamProjectId"),
    repository: variable("Build.Repository.ID"),
    address: parseRepositoryUrl(variable("Build.Repository.Uri")),
    build: Number(variable("Build.BuildId")),
    definition: Number(variable("System.DefinitionId")) || undefined,
    pullRequest: Number(variable("System.PullRequest.PullRequestId")) || undefined,
  };
  const { organisationUrl, project, repository } = inputs;
  if (organisationUrl === "" || project === "" || repository === "") {
    const message = "Not in an agent job of a pipeline: its predefined variables are not set";
    throw new InputError([{ message }]);
  }
  return inputs;
}
