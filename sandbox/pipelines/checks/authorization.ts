import { addRecord, beginRecord, endRecord } from "../engine/records.ts";
import { tell } from "../engine/tell.ts";
import type { PipelinesState, ResourcePermission } from "../state.ts";
import type { Resource } from "./model.ts";
import type { AtCheck } from "./run-check.ts";

export function permissionKey(
  project: string,
  { type, id }: Pick<Resource, "type" | "id">,
): string {
  return `${project}/${type.toLowerCase()}/${id.toLowerCase()}`;
}

/** Who may use a resource; open to every pipeline until something else is said. */
export function permissionOf(state: PipelinesState, key: string): ResourcePermission {
  const known = state.permissions.get(key);
  if (known) return known;
  const open = { allPipelines: true, pipelines: new Set<number>(), waiting: new Set<() => void>() };
  state.permissions.set(key, open);
  return open;
}

/**
 * Until the pipeline may use every resource ("This pipeline needs permission to access a
 * resource"). @returns false when the stage was cancelled meanwhile.
 */
export async function waitForAuthorization(
  state: PipelinesState,
  at: AtCheck,
  resources: readonly Resource[],
): Promise<boolean> {
  const { run, stage, suite, checkpoint, cancelled } = at;
  const { project, id } = run.definition;
  const closed = () =>
    resources
      .map((resource) => state.permissions.get(permissionKey(project.id, resource)))
      .filter((one): one is ResourcePermission => one !== undefined && !permits(one, id));
  if (closed().length === 0) return !cancelled.aborted;
  const record = addRecord(run, {
    ...{ type: "Checkpoint.Authorization", name: "Checkpoint.Authorization", order: 0 },
    path: [stage.name, "Checkpoint", "Authorization"],
    attempt: suite.attempt,
    parent: checkpoint,
  });
  beginRecord(state, run, record);
  tell(state, run);
  while (closed().length > 0 && !cancelled.aborted) await change(closed(), cancelled);
  endRecord(state, run, { record, result: cancelled.aborted ? "canceled" : "succeeded" });
  return !cancelled.aborted;
}

function permits({ allPipelines, pipelines }: ResourcePermission, definition: number): boolean {
  return allPipelines || pipelines.has(definition);
}

function change(permissions: readonly ResourcePermission[], cancelled: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      for (const { waiting } of permissions) waiting.delete(end);
      cancelled.removeEventListener("abort", end);
      resolve();
    };
    for (const { waiting } of permissions) waiting.add(end);
    cancelled.addEventListener("abort", end, { once: true });
  });
}
