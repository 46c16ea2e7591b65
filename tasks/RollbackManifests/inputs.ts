import { InputError } from "../../core/errors.ts";
import { stageAttemptOf } from "../common/stage-attempt.ts";
import type { TaskEnv } from "../common/task-env.ts";

export type Inputs = {
  readonly delivery: string;
  readonly environment: string;
  /** All of the delivery when absent. */
  readonly app?: string;
  readonly to: string;
  readonly reason: string;
  readonly hold: boolean;
  readonly path: string;
  readonly project: string;
  readonly repository: string;
  /** Without `refs/heads/`. */
  readonly targetBranch: string;
  readonly organisationUrl: string;
  readonly ownProject: string;
  readonly build: number;
  readonly stageAttempt: number;
  /** Who asked for the run, as a name to show. */
  readonly requestedFor: string;
};

const name = /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/;

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const variable = (of: string) => env.variable(of) ?? "";
  const app = env.input("app");
  const environment = env.input("environment");
  const inputs = {
    delivery: env.input("delivery"),
    environment,
    ...(app === "" ? {} : { app }),
    to: env.input("to").toLowerCase(),
    reason: env.input("reason"),
    hold: env.flag("hold"),
    path: (env.input("path") || environment).replace(/^[./]+|\/+$/g, ""),
    project: env.input("project"),
    repository: env.input("repository"),
    targetBranch: env.input("targetBranch").replace(/^refs\/heads\//, ""),
    organisationUrl: variable("System.CollectionUri").replace(/\/+$/, ""),
    ownProject: variable("System.TeamProject"),
    build: Number(variable("Build.BuildId")),
    stageAttempt: stageAttemptOf(env),
    requestedFor: variable("Build.RequestedFor") || "a pipeline",
  };
  const empty = (["reason", "project", "repository", "targetBranch"] as const).filter(
    (one) => inputs[one] === "",
  );
  const problems = [
    ...empty.map((one) => `Input ${one} is empty`),
    ...Object.entries({ delivery: inputs.delivery, environment, ...(app === "" ? {} : { app }) })
      .filter(([, value]) => !name.test(value))
      .map(([input, value]) =>
        value === ""
          ? `Input ${input} is empty`
          : `Input ${input}: "${value}" is not a name of fluxgate.yaml`,
      ),
    ...(/^[0-9a-f]{40}$/.test(inputs.to)
      ? []
      : [`Input to: "${inputs.to}" is no id of a commit (40 hexadecimal digits)`]),
    ...(inputs.organisationUrl === "" || !(inputs.build > 0)
      ? ["Not in an agent job of a pipeline: its predefined variables are not set"]
      : []),
  ];
  if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
  return inputs;
}
