import { isAbsolute, join } from "node:path";
import { expandMacros } from "../engine/variables.ts";
import type { Result } from "../state.ts";
import type { Action } from "../yaml/model.ts";
import { copyArtifact, publishArtifact } from "./artifacts.ts";
import { runProcess } from "./run-process.ts";
import { say, workspaceOf, type StepContext } from "./step-context.ts";

type TaskAction = Extract<Action, { kind: "task" }>;

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
      const wanted = input("runId") ?? input("buildId") ?? input("pipelineId");
      const run =
        input("buildType") === "specific" || input("source") === "specific"
          ? context.state.runs.find(({ id }) => String(id) === wanted)
          : context.run;
      if (!run) throw new Error(`There is no run ${wanted ?? ""} to download from.`);
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
