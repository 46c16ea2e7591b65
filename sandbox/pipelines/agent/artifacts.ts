import { cp, mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Result, Run } from "../state.ts";
import { say, workspaceOf, type StepContext } from "./step-context.ts";

/** Keeps a file or folder as an artefact of the run; a file lies inside a folder of its name. */
export async function publishArtifact(
  context: StepContext,
  { path, artifact }: { readonly path: string; readonly artifact: string },
): Promise<Result> {
  const { state, run } = context;
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`Path does not exist: ${path}`);
  const folder = join(state.workDirectory, "artifacts", String(run.id), artifact);
  await mkdir(folder, { recursive: true });
  const target = found.isDirectory() ? folder : join(folder, basename(path));
  await cp(path, target, { recursive: true });
  run.artifacts.set(artifact, folder);
  say(context, `Artifact ${artifact} was published`);
  return "succeeded";
}

/** Puts artefacts of this run, or of a pipeline resource's run, below the job's root. */
export async function downloadArtifacts(
  context: StepContext,
  wanted: {
    readonly source: string;
    readonly artifact: string | undefined;
    readonly path: string | undefined;
  },
): Promise<Result> {
  const { source, artifact, path } = wanted;
  if (source === "none") return "succeeded";
  const run = source === "current" ? context.run : context.run.pipelineRuns.get(source);
  if (!run) throw new Error(`The pipeline resource ${source} has no run to download from.`);
  const names = artifact === undefined ? [...run.artifacts.keys()] : [artifact];
  for (const name of names) {
    const target = path ?? defaultFolder(context, { source, name });
    await copyArtifact(run, name, target);
    say(context, `Downloaded artifact ${name} of run ${run.buildNumber} to ${target}`);
  }
  return "succeeded";
}

export async function copyArtifact(run: Run, name: string, target: string): Promise<void> {
  const folder = run.artifacts.get(name);
  if (!folder) throw new Error(`Artifact ${name} was not found for build ${run.id}.`);
  await mkdir(target, { recursive: true });
  await cp(folder, target, { recursive: true });
}

function defaultFolder(
  context: StepContext,
  { source, name }: { readonly source: string; readonly name: string },
): string {
  const { root } = workspaceOf(context);
  return source === "current" ? join(root, name) : join(root, source, name);
}
