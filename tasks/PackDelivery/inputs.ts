import { resolve } from "node:path";
import type { ArtefactSource } from "../../core/artefact/delivery-artefact.ts";
import { InputError } from "../../core/errors.ts";
import { listedWords, namesNothing } from "../common/listed-words.ts";
import { stageAttemptOf } from "../common/stage-attempt.ts";
import type { TaskEnv } from "../common/task-env.ts";

/** Paths are absolute. */
export type Inputs = {
  readonly deliveryFile: string;
  readonly configurationFolder: string | undefined;
  readonly imagesFile: string | undefined;
  readonly outputFolder: string;
  /** Environments that the pipeline validates from the artefact; empty: it does not say. */
  readonly validated?: readonly string[];
  readonly source: ArtefactSource;
  readonly stageAttempt: number;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const sources = env.variable("System.DefaultWorkingDirectory") ?? ".";
  const problems: string[] = [];
  const demanded = (what: string, value: string) => {
    if (value === "") problems.push(what);
    return value;
  };
  const optional = (text: string) => (text === "" ? undefined : resolve(sources, text));
  const variable = (name: string) =>
    demanded(`Not in an agent job of a pipeline: ${name} is not set`, env.variable(name) ?? "");
  const inputs = {
    deliveryFile: resolve(
      sources,
      demanded("Input deliveryFile is empty", env.input("deliveryFile")),
    ),
    configurationFolder: optional(env.input("configurationFolder")),
    imagesFile: optional(env.input("imagesFile")),
    outputFolder: resolve(
      sources,
      demanded("Input outputFolder is empty", env.input("outputFolder")),
    ),
    validated: listedWords(env.input("environments")),
    source: {
      repository: variable("Build.Repository.Uri").replace(/^(https?:\/\/)[^@/]*@/, "$1"),
      name: variable("Build.Repository.Name"),
      commit: variable("Build.SourceVersion"),
      branch: variable("Build.SourceBranch"),
      build: Number(variable("Build.BuildId")),
    },
  };
  const stageAttempt = stageAttemptOf(env);
  const listed = namesNothing("environments", env.input("environments"));
  problems.push(...listed.map(({ message }) => message));
  if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
  return { ...inputs, stageAttempt };
}
