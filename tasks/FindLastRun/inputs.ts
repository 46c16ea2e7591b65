import { InputError } from "../../core/errors.ts";
import type { TaskEnv } from "../common/task-env.ts";

export type Inputs = {
  /** A full ref. */
  readonly branch: string;
  readonly artefact: string;
  readonly organisationUrl: string;
  readonly project: string;
  readonly definition: number;
  /** This run. */
  readonly build: number;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const branch = env.input("branch");
  const artefact = env.input("artefact");
  const variable = (name: string) => env.variable(name) ?? "";
  const organisationUrl = variable("System.CollectionUri").replace(/\/+$/, "");
  const project = variable("System.TeamProjectId");
  const definition = Number(variable("System.DefinitionId"));
  const build = Number(variable("Build.BuildId"));
  const problems = [
    ...(branch === "" ? ["Input branch is empty"] : []),
    ...(artefact === "" ? ["Input artefact is empty"] : []),
    ...(organisationUrl !== "" && project !== "" && definition > 0 && build > 0
      ? []
      : [
          "Not in an agent job of a pipeline: System.CollectionUri, System.TeamProjectId, System.DefinitionId or Build.BuildId is not set",
        ]),
  ];
  if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
  const ref = branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
  return { branch: ref, artefact, organisationUrl, project, definition, build };
}
