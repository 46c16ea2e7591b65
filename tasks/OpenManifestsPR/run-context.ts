import type { Problem } from "../../core/errors.ts";
import { stageAttemptOf } from "../common/stage-attempt.ts";
import type { TaskEnv } from "../common/task-env.ts";

/** The run that this task is part of, as the agent's predefined variables name it. */
export type RunContext = {
  /** No slash at the end. */
  readonly organisationUrl: string;
  readonly project: string;
  readonly build: number;
  readonly buildNumber: string;
  readonly definition: string;
  readonly sourceRepository: string;
  readonly sourceVersion: string;
  /** `TfsGit`: the commits of the code can be compared. Absent: not known, tried. */
  readonly sourceProvider?: string;
  readonly stageName?: string;
  /** Counts from 1; a retried stage is the next. */
  readonly stageAttempt?: number;
};

/** What is missing, because this is no job of a pipeline, is added to `problems`. */
export function readRunContext(env: TaskEnv, problems: Problem[]): RunContext {
  const missing: string[] = [];
  const variable = (name: string) => {
    const value = env.variable(name) ?? "";
    if (value === "") missing.push(name);
    return value;
  };
  const provider = env.variable("Build.Repository.Provider") ?? "";
  const stageName = env.variable("System.StageName") ?? "";
  const context = {
    organisationUrl: variable("System.CollectionUri").replace(/\/+$/, ""),
    project: variable("System.TeamProject"),
    build: Number(variable("Build.BuildId")),
    buildNumber: variable("Build.BuildNumber"),
    definition: variable("Build.DefinitionName"),
    sourceRepository: variable("Build.Repository.Name"),
    sourceVersion: variable("Build.SourceVersion"),
    ...(provider === "" ? {} : { sourceProvider: provider }),
    ...(stageName === "" ? {} : { stageName }),
    stageAttempt: stageAttemptOf(env),
  };
  if (missing.length > 0) {
    const names = `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} not set`;
    problems.push({ message: `Not in an agent job of a pipeline: ${names}` });
  }
  return context;
}
