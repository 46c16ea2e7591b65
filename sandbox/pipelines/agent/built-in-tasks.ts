import { isAbsolute, join } from "node:path";
import { expandMacros } from "../engine/variables.ts";
import type { Result, Run } from "../state.ts";
import type { Action } from "../yaml/model.ts";
import { copyArtifact, publishArtifact } from "./artifacts.ts";
import { runProcess } from "./run-process.ts";
import { say, workspaceOf, type StepContext } from "./step-context.ts";

type TaskAction = Extract<Action, { kind: "task" }>;

// `source: specific` names a run, or the newest good one of a pipeline and branch.
function artifactRun(
  { state, run }: StepContext,
  input: (name: string) => string | undefined,
): Run {
  if ((input("source") ?? input("buildType") ?? "current") === "current") return run;
  const wanted = input("runId") ?? input("buildId");
  const pipeline = input("pipeline") ?? input("definition") ?? "";
  const branch = input("runBranch") ?? input("branchName");
  const found = state.runs.findLast(
    ({ id, definition, result, sourceBranch }) =>
      (wanted !== undefined && String(id) === wanted) ||
      (wanted === undefined &&
        [String(definition.id), definition.name].includes(pipeline) &&
        result === "succeeded" &&
        (branch === undefined || branch === sourceBranch)),
  );
  if (!found) throw new Error(`No run of pipeline ${pipeline} was found to download from.`);
  return found;
}

/** The service's own tasks that delivery pipelines use. Others fail by name, never silently. */
export async function runBuiltIn(context: StepContext, action: TaskAction): Promise<Result> {
  const input = (name: string) => {
    const found = Object.entries(action.inputs).find(
      ([key]) => key.toLowerCase() === name.toLowerCase(),
    );
    return found ? expandMacros(found[1], context.variables) : undefined;
  };
  const { sources, root } = workspaceOf(context);
  const absolute = (path: string) => (isAbsolute(path) ? path : join(sources, path));
  switch (action.task.toLowerCase()) {
    case "publishpipelineartifact":
    case "publishbuildartifacts":
      return publishArtifact(context, {
        path: absolute(input("targetPath") ?? input("pathToPublish") ?? "."),
        artifact: input("artifact") ?? input("artifactName") ?? "drop",
      });
    case "downloadpipelineartifact": {
      const run = artifactRun(context, input);
      const target = absolute(input("targetPath") ?? input("path") ?? root);
      await copyArtifact(run, input("artifact") ?? input("artifactName") ?? "drop", target);
      return "succeeded";
    }
    case "bash":
      return runProcess(context, {
        command: "bash",
        args: ["--noprofile", "--norc", "-c", input("script") ?? ""],
        folder: sources,
        env: {},
      });
    case "docker":
      say(
        context,
        `##[warning]Not done here: the sandbox has no container engine. Docker ${input("command") ?? ""} ${input("repository") ?? ""} ${input("tags") ?? ""} was recorded, no image was built.`,
      );
      context.run.tags.add("images-not-built");
      return "succeeded";
    default:
      throw new Error(
        `The sandbox has no task ${action.task}@${action.version} (${context.step.at.file}:${context.step.at.line}).`,
      );
  }
}
