import { InputError } from "../../core/errors.ts";
import { listedWords } from "../common/listed-words.ts";
import type { TaskEnv } from "../common/task-env.ts";

export type Inputs = {
  /** Alias of the pipeline resource. */
  readonly pipeline: string;
  /** Full refs, `*` within and `**` across folders. */
  readonly branches: readonly string[];
  readonly artefact: string;
  readonly organisationUrl: string;
  readonly project: string;
  readonly definition: number;
  readonly build: number;
  /** What the service set for the alias; empty when it knows no run. */
  readonly consumed: { readonly project: string; readonly run: string };
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const pipeline = env.input("pipeline");
  const branches = listedWords(env.input("branches"));
  const artefact = env.input("artefact");
  const variable = (name: string) => env.variable(name) ?? "";
  const organisationUrl = variable("System.CollectionUri").replace(/\/+$/, "");
  const project = variable("System.TeamProjectId");
  const definition = Number(variable("System.DefinitionId"));
  const build = Number(variable("Build.BuildId"));
  const isInJob = organisationUrl !== "" && project !== "" && definition > 0 && build > 0;
  const problems = [
    ...(pipeline === "" ? ["Input pipeline is empty"] : []),
    ...(branches.length === 0 ? ["Input branches is empty"] : []),
    ...(artefact === "" ? ["Input artefact is empty"] : []),
    ...(isInJob ? [] : ["Not in an agent job of a pipeline: its predefined variables are not set"]),
  ];
  if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
  const of = `resources.pipeline.${pipeline}`;
  return {
    ...{ pipeline, artefact, organisationUrl, project, definition, build },
    branches: branches.map((name) => (name.startsWith("refs/") ? name : `refs/heads/${name}`)),
    consumed: { project: variable(`${of}.projectID`), run: variable(`${of}.runID`) },
  };
}
