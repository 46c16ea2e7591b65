import { isAbsolute, join } from "node:path";
import { writeFile } from "node:fs/promises";
import { expandMacros } from "../engine/variables.ts";
import type { Result } from "../state.ts";
import { downloadArtifacts, publishArtifact } from "./artifacts.ts";
import { runBuiltIn } from "./built-in-tasks.ts";
import { checkout } from "./checkout.ts";
import { runProcess } from "./run-process.ts";
import { say, workspaceOf, type StepContext } from "./step-context.ts";
import { runNodeTask } from "./node-task.ts";

/** Runs one step of an agent job. */
export async function runStep(context: StepContext): Promise<Result> {
  const { action } = context.step;
  const fill = (text: string) => expandMacros(text, context.variables);
  switch (action.kind) {
    case "script":
      return runScript(context, fill(action.text), action.folder && fill(action.folder));
    case "checkout":
      return checkout(context, action.repository, action.path && fill(action.path));
    case "publish":
      return publishArtifact(context, {
        path: absolute(context, fill(action.path)),
        artifact: fill(action.artifact),
      });
    case "download":
      return downloadArtifacts(context, {
        source: action.source,
        artifact: action.artifact && fill(action.artifact),
        path: action.path && absolute(context, fill(action.path)),
      });
    case "task": {
      const manifest = context.state.tasks.get(action.task.toLowerCase());
      return manifest ? runNodeTask(context, manifest) : runBuiltIn(context, action);
    }
  }
}

async function runScript(
  context: StepContext,
  text: string,
  folder: string | undefined,
): Promise<Result> {
  const { temp, sources } = workspaceOf(context);
  const file = join(temp, `${context.taskRecord.id}.sh`);
  await writeFile(file, text);
  say(context, "Script contents:", ...text.trimEnd().split("\n"));
  return runProcess(context, {
    command: "bash",
    args: ["--noprofile", "--norc", file],
    folder: folder ? absolute(context, folder) : sources,
    env: {},
  });
}

function absolute(context: StepContext, path: string): string {
  return isAbsolute(path) ? path : join(workspaceOf(context).sources, path);
}
