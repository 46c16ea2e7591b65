// What a push starts: https://learn.microsoft.com/azure/devops/pipelines/repos/azure-repos-git
import { zeros, type RefUpdate } from "../../azure-devops/events.ts";
import { resolveCommit } from "../../azure-devops/git/objects.ts";
import { runGit } from "../../azure-devops/git/run-git.ts";
import type { Definition } from "../definition.ts";
import { findRepositoryByName } from "../find-repository.ts";
import { loadStarts } from "../load-pipeline.ts";
import { queueRun } from "../queue-run.ts";
import type { PipelinesState } from "../state.ts";
import type { RepositoryResource, Trigger } from "../yaml/model.ts";
import { passesFilter, passesPaths } from "./filters.ts";

/** Starts the pipelines whose trigger the push meets, as their YAML stands in the pushed commit. */
export async function onPush(state: PipelinesState, update: RefUpdate): Promise<void> {
  const { repository, ref, newId } = update;
  if (!/^refs\/(heads|tags)\//.test(ref) || newId === zeros) return;
  if (await readSkip(update)) return;
  for (const definition of state.definitions) {
    if (definition.queueStatus !== "enabled") continue;
    if (definition.repository === repository) await startOwn(state, definition, update);
    else await startForResource(state, definition, update);
  }
}

async function startOwn(
  state: PipelinesState,
  definition: Definition,
  update: RefUpdate,
): Promise<void> {
  const { ref, newId, by } = update;
  const trigger = await pushTrigger(definition, newId);
  if (trigger?.kind !== "push" || !(await meets(update, trigger))) return;
  const request = { definition, branch: ref, commit: newId, by };
  const key = `${definition.id} ${ref}`;
  const busy = state.runs.some(
    (run) =>
      run.definition === definition &&
      run.sourceBranch === ref &&
      run.status !== "completed" &&
      (run.reason === "individualCI" || run.reason === "batchedCI"),
  );
  if (!trigger.batch || !busy) {
    await queueRun(state, { ...request, reason: trigger.batch ? "batchedCI" : "individualCI" });
    return;
  }
  // With `batch: true` one run at a time; the next one takes everything pushed meanwhile.
  state.batches.set(key, {
    commit: newId,
    start: async () => void (await queueRun(state, { ...request, reason: "batchedCI" })),
  });
}

/** Starts what was pushed while a batching run was under way. */
export async function startBatch(
  state: PipelinesState,
  ended: { readonly definition: Definition; readonly sourceBranch: string },
): Promise<void> {
  const key = `${ended.definition.id} ${ended.sourceBranch}`;
  const next = state.batches.get(key);
  state.batches.delete(key);
  await next?.start();
}

// A repository resource with a trigger: the pipeline runs as it stands on its own default branch.
async function startForResource(
  state: PipelinesState,
  definition: Definition,
  update: RefUpdate,
): Promise<void> {
  const { defaultBranch, directory } = definition.repository;
  const head = await resolveCommit(directory, defaultBranch);
  const starts = head && (await loadStarts(definition, head).catch(() => undefined));
  const resource = starts ? await findFiring(state, definition, { update, starts }) : undefined;
  if (!resource) return;
  await queueRun(state, {
    ...{ definition, reason: "individualCI", branch: defaultBranch, commit: head || undefined },
    by: update.by,
    refs: { [resource.alias]: update.ref },
  });
}

async function findFiring(
  state: PipelinesState,
  definition: Definition,
  at: {
    readonly update: RefUpdate;
    readonly starts: {
      readonly resources: { readonly repositories: readonly RepositoryResource[] };
    };
  },
): Promise<RepositoryResource | undefined> {
  for (const resource of at.starts.resources.repositories) {
    const found = findRepositoryByName(state, definition.project, resource.name);
    if (found !== at.update.repository || resource.trigger.kind !== "push") continue;
    if (await meets(at.update, resource.trigger)) return resource;
  }
  return undefined;
}

// YAML that cannot be read starts a run that says so, as in the service.
async function pushTrigger(definition: Definition, commit: string): Promise<Trigger | undefined> {
  try {
    return (await loadStarts(definition, commit))?.trigger;
  } catch {
    const any = { include: [], exclude: [] };
    return { kind: "push", branches: any, tags: undefined, paths: any, batch: false };
  }
}

async function meets(
  update: RefUpdate,
  { branches, tags, paths }: Extract<Trigger, { kind: "push" }>,
): Promise<boolean> {
  const { repository, ref, oldId, newId } = update;
  const filter = ref.startsWith("refs/tags/") ? tags : branches;
  if (!filter || !passesFilter(ref, filter)) return false;
  if (paths.include.length + paths.exclude.length === 0 || ref.startsWith("refs/tags/"))
    return true;
  // A new branch brings no files of its own: it is compared with nothing.
  if (oldId === zeros) return true;
  const out = await runGit(repository.directory, ["diff", "--name-only", "-z", oldId, newId]);
  return out
    .split("\0")
    .filter(Boolean)
    .some((path) => passesPaths(path, paths));
}

// The words that the documents list under "Skipping CI for individual pushes".
async function readSkip({ repository, newId }: RefUpdate): Promise<boolean> {
  const message = await runGit(repository.directory, ["log", "-1", "--format=%B", newId]);
  return /\[skip ci\]|\[ci skip\]|skip-checks: ?true|\[(skip azurepipelines|azurepipelines skip|skip azpipelines|azpipelines skip|skip azp|azp skip)\]|\*\*\*NO_CI\*\*\*/i.test(
    message,
  );
}
