import { resolve } from "node:path";
import { InputError, type Problem } from "../../core/errors.ts";
import type { TaskEnv } from "../common/task-env.ts";
import { readRunContext, type RunContext } from "./run-context.ts";

export type Inputs = {
  readonly environment: string;
  /** Absolute path. */
  readonly renderedFolder: string;
  readonly project: string;
  readonly repository: string;
  /** Without `refs/heads/`. */
  readonly targetBranch: string;
  readonly allowEmpty: boolean;
  readonly run: RunContext;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const problems: Problem[] = [];
  const required = (name: string, value: string) => {
    if (value === "") problems.push({ message: `Input ${name} is empty` });
    return value;
  };
  const environment = required("environment", env.input("environment"));
  if (environment !== "" && !/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/.test(environment)) {
    problems.push({
      message: `Input environment: "${environment}" is not a name of fluxgate.yaml`,
    });
  }
  const renderedFolder = required("renderedFolder", env.input("renderedFolder"));
  const project = required("project", env.input("project"));
  const repository = required("repository", env.input("repository"));
  const branch = required("targetBranch", env.input("targetBranch"));
  const targetBranch = branch.replace(/^refs\/heads\//, "");
  if (branch !== "" && !branchName.test(targetBranch)) {
    problems.push({ message: `Input targetBranch: "${branch}" is not a branch name` });
  }
  const run = readRunContext(env, problems);
  if (problems.length > 0) throw new InputError(problems);
  return {
    environment,
    renderedFolder: resolve(renderedFolder),
    project,
    repository,
    targetBranch,
    allowEmpty: env.flag("allowEmpty"),
    run,
  };
}

// Narrower than git's own rules on purpose: no option, no range, no reflog syntax.
const branchName = /^(?!.*(\.\.|\/\/|@\{|\.lock$|\/$|\.$))[A-Za-z0-9_][A-Za-z0-9._/@+-]*$/;
