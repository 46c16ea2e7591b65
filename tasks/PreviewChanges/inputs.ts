import { resolve } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { GivenVariable } from "../../rendering/inputs/variables.ts";
import { listedWords, namesNothing } from "../common/listed-words.ts";
import type { TaskEnv } from "../common/task-env.ts";

/** Paths are absolute. */
export type Inputs = {
  readonly step: "compare" | "tell";
  /** Empty: all. */
  readonly environments: readonly string[];
  /** Of the checkout, which is at the merge. */
  readonly sources: string;
  /** In the checkout. */
  readonly deliveryFile: string;
  readonly configurationFolder: string | undefined;
  readonly toolsFolder: string | undefined;
  readonly outputFolder: string;
  readonly tempFolder: string;
  readonly comment: boolean;
  readonly variable: (name: string) => GivenVariable | undefined;
  readonly pullRequest: PullRequestPlace | undefined;
};

/** Of the code repository; undefined where this is no pull request of Azure Repos. */
export type PullRequestPlace = {
  readonly organisationUrl: string;
  readonly project: string;
  readonly repository: string;
  /** `shop/api`, for people; empty where the agent does not say. */
  readonly name: string;
  readonly build: number;
  readonly id: number;
  /** Its commit that was merged for this run. */
  readonly source: string | undefined;
  /** The job's token may not write there. */
  readonly isFork: boolean;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const sources = resolve(env.variable("Build.SourcesDirectory") ?? ".");
  const step = env.input("step") || "compare";
  const output = env.input("outputFolder");
  const problems = [
    ...(step === "compare" || step === "tell"
      ? []
      : [{ message: `Input step: "${step}" is none of compare, tell` }]),
    ...namesNothing("environments", env.input("environments")),
    ...(output === "" ? [{ message: "Input outputFolder is empty" }] : []),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const optional = (path: string) => (path === "" ? undefined : resolve(sources, path));
  return {
    step: step === "tell" ? "tell" : "compare",
    environments: listedWords(env.input("environments")),
    sources,
    deliveryFile: env.input("deliveryFile") || "fluxgate.yaml",
    configurationFolder: optional(env.input("configurationFolder")),
    toolsFolder: optional(env.input("toolsFolder")),
    outputFolder: resolve(sources, output),
    tempFolder: env.variable("Agent.TempDirectory") ?? sources,
    comment: env.flag("comment"),
    variable: (name) => givenVariable(env, name),
    pullRequest: pullRequestOf(env),
  };
}

// Secret values are not read: forks have none, and a render refuses them.
function givenVariable(env: TaskEnv, name: string): GivenVariable | undefined {
  const origin = "pipeline variable";
  if (env.isSecret(name)) return { value: "", secret: true, origin };
  const value = env.variable(name);
  return value === undefined ? undefined : { value, secret: false, origin };
}

function pullRequestOf(env: TaskEnv): PullRequestPlace | undefined {
  const id = Number(env.variable("System.PullRequest.PullRequestId")) || undefined;
  const provider = env.variable("Build.Repository.Provider") ?? "TfsGit";
  if (id === undefined || provider !== "TfsGit") return undefined;
  const variable = (name: string) => env.variable(name) ?? "";
  return {
    id,
    source: env.variable("System.PullRequest.SourceCommitId") || undefined,
    organisationUrl: variable("System.CollectionUri").replace(/\/+$/, ""),
    project: variable("System.TeamProjectId"),
    repository: variable("Build.Repository.ID"),
    name: nameOf(variable("System.TeamProject"), variable("Build.Repository.Name")),
    build: Number(variable("Build.BuildId")),
    isFork: /^true$/i.test(variable("System.PullRequest.IsFork")),
  };
}

function nameOf(project: string, repository: string): string {
  return project === "" || repository === "" ? "" : `${project}/${repository}`;
}
