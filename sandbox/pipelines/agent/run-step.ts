import { isAbsolute, join } from "node:path";
import { workspaceOf, type StepContext } from "../engine/job-context.ts";
import { expandMacros } from "../engine/macros.ts";
import type { Result } from "../run.ts";
import { downloadArtifacts, publishArtifact } from "./artifacts.ts";
import { runBuiltIn } from "./built-in-tasks.ts";
import { checkout } from "./checkout.ts";
import { runNodeTask } from "./node-task.ts";
import { runScript } from "./run-script.ts";

/** Runs one step of an agent job. */
export async function runStep(context: StepContext): Promise<Result> {
  const { action } = context.step;
  const fill = (text: string) => expandMacros(text, context.variables);
  const absolute = (path: string) =>
    isAbsolute(path) ? path : join(workspaceOf(context).sources, path);
  switch (action.kind) {
    case "script":
      return runScript(context, {
        ...action,
        text: fill(action.text),
        folder: action.folder && fill(action.folder),
      });
    case "checkout":
      return checkout(context, action);
    case "publish":
      return publishArtifact(context, {
        path: absolute(fill(action.path)),
        artifact: fill(action.artifact),
      });
    case "download":
      return downloadArtifacts(context, {
        source: action.source,
        artifact: action.artifact && fill(action.artifact),
        patterns: action.patterns && fill(action.patterns),
        path: action.path && absolute(fill(action.path)),
      });
    case "task": {
      const manifest = context.state.tasks.get(action.task.toLowerCase());
      return manifest ? runNodeTask(context, manifest) : runBuiltIn(context, action);
    }
  }
}
