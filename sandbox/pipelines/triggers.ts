// What starts a run by itself: https://learn.microsoft.com/azure/devops/pipelines/build/triggers
import { zeros, type RefUpdate } from "../azure-devops/events.ts";
import { resolveCommit } from "../azure-devops/git/objects.ts";
import { git } from "../azure-devops/git/run-git.ts";
import { loadStarts } from "./load-pipeline.ts";
import { queueRun } from "./queue-run.ts";
import type { Definition, PipelinesState, Run } from "./state.ts";
import type { Trigger } from "./yaml/model.ts";

/** Starts the pipelines whose trigger the push meets, as their YAML stands in the pushed commit. */
export async function onPush(state: PipelinesState, update: RefUpdate): Promise<void> {
  const { repository, ref, newId, by } = update;
  if (!ref.startsWith("refs/heads/") || newId === zeros) return;
  for (const definition of state.definitions.filter((one) => one.repository === repository)) {
    const branch = ref.slice("refs/heads/".length);
    const trigger = await pushTrigger(definition, newId);
    if (trigger?.kind !== "push" || !matchesAny(branch, trigger.branches)) continue;
    if (!(await meetsPaths(update, trigger)) || (await saysSkip(update))) continue;
    await queueRun(state, { definition, reason: "individualCI", branch: ref, commit: newId, by });
  }
}

/** Starts the pipelines that name the finished run's pipeline as a resource with a trigger. */
export async function onRunCompleted(state: PipelinesState, run: Run): Promise<void> {
  if (run.result !== "succeeded" && run.result !== "partiallySucceeded") return;
  for (const definition of state.definitions) {
    const head = await resolveCommit(
      definition.repository.directory,
      definition.repository.defaultBranch,
    );
    const starts = head && (await loadStarts(definition, head).catch(() => undefined));
    if (!starts) continue;
    const resource = starts.resources.pipelines.find(
      ({ source, triggers }) => triggers && source === run.definition.name,
    );
    const branch = run.sourceBranch.replace("refs/heads/", "");
    if (!resource || (resource.branches && !matchesAny(branch, resource.branches))) continue;
    // In one repository both runs use the same commit (documents: "pipeline resource triggers").
    const same = definition.repository === run.definition.repository;
    await queueRun(state, {
      definition,
      reason: "resourceTrigger",
      branch: same ? run.sourceBranch : undefined,
      commit: same ? run.sourceVersion : undefined,
      by: run.requestedFor,
      triggeredBy: run,
    });
  }
}

// YAML that cannot be read starts a run that says so, as in the service.
async function pushTrigger(definition: Definition, commit: string): Promise<Trigger | undefined> {
  try {
    return (await loadStarts(definition, commit))?.trigger;
  } catch {
    return { kind: "push", branches: ["*"], paths: { include: [], exclude: [] } };
  }
}

async function meetsPaths(
  { repository, oldId, newId }: RefUpdate,
  { paths }: Extract<Trigger, { kind: "push" }>,
): Promise<boolean> {
  if (paths.include.length + paths.exclude.length === 0 || oldId === zeros) return true;
  const out = await git(repository.directory, ["diff", "--name-only", "-z", oldId, newId]);
  const under = (path: string, folder: string) =>
    folder === "*" || path === folder || path.startsWith(`${folder.replace(/\/?\*?$/, "")}/`);
  return out
    .split("\0")
    .filter(Boolean)
    .some(
      (path) =>
        (paths.include.length === 0 || paths.include.some((folder) => under(path, folder))) &&
        !paths.exclude.some((folder) => under(path, folder)),
    );
}

async function saysSkip({ repository, newId }: RefUpdate): Promise<boolean> {
  const message = await git(repository.directory, ["log", "-1", "--format=%B", newId]);
  return /\[skip ci\]|\[ci skip\]|\*\*\*NO_CI\*\*\*/.test(message);
}

function matchesAny(branch: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const clean = pattern.replace("refs/heads/", "");
    const source = clean
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*");
    return new RegExp(`^${source}$`).test(branch);
  });
}
