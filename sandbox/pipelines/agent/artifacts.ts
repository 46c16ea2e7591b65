import { cp, mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { say, workspaceOf, type StepContext } from "../engine/job-context.ts";
import type { Result, Run } from "../run.ts";
import { copyMatching } from "./copy-matching.ts";

/** Keeps a file or folder as an artefact of the run; a file lies inside a folder of its name. */
export async function publishArtifact(
  context: StepContext,
  given: {
    readonly path: string;
    readonly artifact: string;
    readonly type?: string;
  },
): Promise<Result> {
  const { state, run, record } = context;
  const { path, artifact, type = "PipelineArtifact" } = given;
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`Path does not exist: ${path}`);
  if (/[\\/":<>|*?]/.test(artifact) || artifact === "") {
    throw new Error(
      `Artifact name is not valid: ${artifact}. It cannot contain '\\', /', "', ':', '<', '>', '|', '*', and '?'`,
    );
  }
  const known = run.artifacts.get(artifact);
  if (known && type === "PipelineArtifact") {
    throw new Error(`Artifact ${artifact} already exists for build ${run.id}.`);
  }
  const folder = join(state.workDirectory, "artifacts", String(run.id), artifact);
  await mkdir(folder, { recursive: true });
  await cp(path, found.isDirectory() ? folder : join(folder, basename(path)), { recursive: true });
  run.artifacts.set(artifact, {
    ...{ id: known?.id ?? run.artifacts.size + 1, folder, type, source: record.id },
    data: type === "Container" ? `#/${run.id}/${artifact}` : "",
  });
  say(context, `Artifact ${artifact} was published`);
  return "succeeded";
}

/** Puts artefacts of this run, or of a pipeline resource's run, below the job's root. */
export async function downloadArtifacts(
  context: StepContext,
  wanted: {
    readonly source: string;
    readonly artifact: string | undefined;
    readonly patterns: string | undefined;
    readonly path: string | undefined;
  },
): Promise<Result> {
  const { source, artifact, patterns, path } = wanted;
  if (source === "none") return "succeeded";
  const run = source === "current" ? context.run : resourceRun(context, source);
  const stored = [...run.artifacts].filter(([, { folder }]) => folder !== undefined);
  const names = artifact === undefined ? stored.map(([name]) => name) : [artifact];
  for (const name of names) {
    const target =
      path === undefined
        ? defaultFolder(context, { source, name })
        : artifact === undefined
          ? join(path, name)
          : path;
    await copyArtifact(run, { name, target, patterns });
    say(context, `Downloaded artifact ${name} of run ${run.buildNumber} to ${target}`);
  }
  return "succeeded";
}

function resourceRun({ run }: StepContext, source: string): Run {
  const found = [...run.pipelineRuns].find(
    ([alias]) => alias.toLowerCase() === source.toLowerCase(),
  );
  if (found) return found[1];
  throw new Error(`The pipeline resource ${source} has no run to download from.`);
}

export async function copyArtifact(
  run: Run,
  wanted: {
    readonly name: string;
    readonly target: string;
    readonly patterns: string | undefined;
  },
): Promise<void> {
  const { name, target, patterns } = wanted;
  const folder = run.artifacts.get(name)?.folder;
  if (!folder) throw new Error(`Artifact ${name} was not found for build ${run.id}.`);
  await mkdir(target, { recursive: true });
  if (patterns === undefined) await cp(folder, target, { recursive: true });
  else await copyMatching(folder, { target, name, patterns });
}

function defaultFolder(
  context: StepContext,
  { source, name }: { readonly source: string; readonly name: string },
): string {
  const { root } = workspaceOf(context);
  return source === "current" ? join(root, name) : join(root, source, name);
}
