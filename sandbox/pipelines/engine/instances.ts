import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { isCollection, toText, type Value } from "../expressions/values.ts";
import { PipelineError } from "../yaml/node.ts";
import type { Hook, Job, Strategy } from "../yaml/model.ts";
import type { Instance } from "./job-context.ts";

/** The jobs that a matrix or `parallel` makes of one; a job without a strategy stays one. */
export function legsOf(job: Job, scope: Scope): readonly Instance[] {
  const { strategy } = job;
  switch (strategy.kind) {
    case "matrix":
      return Object.entries(legs(strategy, scope)).map(([name, variables]) => ({
        ...plain(job),
        ...{ name, variables, outputPrefix: `${name}.` },
        displayName: `${job.displayName} ${name}`,
      }));
    case "parallel": {
      const count = Number(strategy.count);
      if (!Number.isInteger(count) || count < 1) {
        throw new PipelineError(
          `\`parallel\` must be a number, not ${strategy.count}`,
          strategy.at,
        );
      }
      return Array.from({ length: count }, (_, index) => ({
        ...plain(job),
        name: `job${index + 1}`,
        displayName: `${job.displayName} ${index + 1}`,
        outputPrefix: `job${index + 1}.`,
        variables: {
          "System.JobPositionInPhase": String(index + 1),
          "System.TotalJobsInPhase": String(count),
        },
      }));
    }
    case "runOnce":
    case "single":
      return [plain(job)];
  }
}

/** One hook of a deployment. `deploy` alone bears the deployment's own name. */
export function hookInstance(job: Job, hook: Hook, alone: boolean): Instance {
  const title = hook.name.replace("on", "On").replace(/^./, (first) => first.toUpperCase());
  const resource = job.environment?.resourceName;
  const deploys = hook.name === "deploy";
  return {
    ...plain(job),
    name: deploys ? job.name : title,
    displayName: alone ? job.displayName : `${job.displayName} ${title}`,
    // Documents: "Support for output variables" of deployment jobs.
    outputPrefix: deploys ? (resource ? `Deploy_${resource}.` : `${job.name}.`) : `${hook.name}.`,
    server: hook.server,
    steps: hook.steps,
    downloads: deploys && !hook.server,
  };
}

function plain(job: Job): Instance {
  return {
    ...{ name: "__default", displayName: job.displayName, variables: {}, outputPrefix: "" },
    ...{ server: job.kind === "server", steps: job.steps, downloads: false },
  };
}

function legs(
  { legs: given, at }: Extract<Strategy, { kind: "matrix" }>,
  scope: Scope,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  if (typeof given !== "string") return given;
  // A matrix that a job before has written as JSON (documents: Matrix, output variables).
  const expression = /^\s*\$\[(.*)\]\s*$/s.exec(given)?.[1];
  const text = expression === undefined ? given : toText(evaluate(expression, scope));
  let data: Value;
  try {
    data = JSON.parse(text) as Value;
  } catch {
    throw new PipelineError(`the matrix is no JSON: ${text.slice(0, 80)}`, at);
  }
  const texts = (one: Value) =>
    Object.fromEntries(
      isCollection(one)
        ? Object.entries(one as Record<string, Value>).map(([key, value]) => [key, toText(value)])
        : [],
    );
  return Object.fromEntries(
    isCollection(data)
      ? Object.entries(data as Record<string, Value>).map(([name, leg]) => [name, texts(leg)])
      : [],
  );
}
