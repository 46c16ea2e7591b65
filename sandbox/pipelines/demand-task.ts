// The task that a step names must be there, in that version, and for where its job runs.
import { inBoxServerTasks, inBoxTasks } from "./in-box-tasks.ts";
import { agentTasks, serverTasks } from "./known-tasks.ts";
import type { PipelinesState } from "./state.ts";
import type { TaskManifest } from "./task-manifest.ts";
import { entry, PipelineError, textOf, type Node } from "./yaml/node.ts";
import { checkoutTask, downloadTask, publishTask } from "./yaml/normal/step.ts";

const built = [checkoutTask, downloadTask, publishTask];

/** Where a step stands. */
export type JobTarget = { readonly name: string; readonly server: boolean };

/** @throws PipelineError in the words of the service */
export function demandTask(state: PipelinesState, step: Node, job: JobTarget): void {
  const reference = textOf(entry(step, "task")) ?? "";
  const [name = "", version = ""] = reference.split("@");
  const lower = name.toLowerCase();
  const title = textOf(entry(step, "name")) ?? "";
  const installed = installedTask(state, lower);
  if (!installed && !isKnown(lower, { reference, version })) {
    throw new PipelineError(
      `A task is missing. The pipeline references a task called '${name}'. This usually indicates the task isn't installed, and you may be able to install it from the Marketplace: https://marketplace.visualstudio.com. (Task version ${version}, job '${job.name}', step '${title}'.)`,
      step.at,
    );
  }
  if (runsOn(lower, { installed, reference }).includes(job.server ? "server" : "agent")) return;
  throw new PipelineError(
    `Job ${job.name}: Step ${title || name} references task '${name}' at version '${version}' which is not valid for the given job target.`,
    step.at,
  );
}

type Found = { readonly installed: TaskManifest | undefined; readonly reference: string };

function runsOn(lower: string, { installed, reference }: Found): readonly string[] {
  if (installed) {
    const agent = installed.otherHandlers.some((one) => /^(?:node|powershell|process)/i.test(one));
    return [agent ? "agent" : "server"];
  }
  if (inBoxServerTasks.has(lower)) return ["server"];
  return inBoxTasks.has(lower) || isBuilt(reference) ? ["agent"] : ["agent", "server"];
}

function installedTask({ tasks }: PipelinesState, lower: string): TaskManifest | undefined {
  return tasks.get(lower) ?? [...tasks.values()].find(({ id }) => id.toLowerCase() === lower);
}

function isBuilt(reference: string): boolean {
  return built.includes(reference.toLowerCase());
}

function isKnown(
  lower: string,
  { reference, version }: { readonly reference: string; readonly version: string },
): boolean {
  // The published schema names the vendor's own tasks without their ids.
  if (isBuilt(reference) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower)) return true;
  const [major = ""] = version.split(".");
  const majors = inBoxTasks.get(lower);
  return majors ? majors.includes(major) : [...agentTasks, ...serverTasks].includes(lower);
}
