// Anybody may publish a copy of their own: the same files under another publisher and id.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copiedTaskId } from "../../clients/copied-task-id.ts";
import type { Extension } from "../../core/extension.ts";
import { type TaskJson } from "../validate-tasks.ts";
import { type ExtensionManifest, root, taskFolders } from "./extension-manifest.ts";

export type Staged = {
  readonly folder: string;
  readonly taskIds: Readonly<Record<string, string>>;
};

/**
 * Lays out what a package of this copy holds, under `dist/package/<publisher>.<id>`: the manifest,
 * each file that it names, tasks with their ids, and beside each bundle which copy it belongs to.
 */
export function stageExtension(manifest: ExtensionManifest, copy: Extension): Staged {
  const folder = join(root, "dist/package", `${copy.publisher}.${copy.name}`);
  rmSync(folder, { recursive: true, force: true });
  for (const { path } of manifest.files) copyInto(folder, path);
  copyInto(folder, manifest.icons.default);
  for (const { path } of Object.values(manifest.content)) copyInto(folder, path);
  const { publisher, name } = copy;
  const isOwn = publisher === manifest.publisher && name === manifest.id;
  const taskIds = Object.fromEntries(
    taskFolders().map((task) => [task, placeTask({ folder, task, copy, isOwn })]),
  );
  // A run's tab belongs to the copy's own tasks.
  const contributions = manifest.contributions.map((one) => {
    const { supportsTasks } = one.properties;
    if (supportsTasks === undefined || isOwn) return one;
    const ids = supportsTasks.map((id) => copiedTaskId(id, copy));
    return { ...one, properties: { ...one.properties, supportsTasks: ids } };
  });
  const changed = { ...manifest, publisher, id: name, contributions };
  writeFileSync(join(folder, "vss-extension.json"), `${JSON.stringify(changed, undefined, 2)}\n`);
  return { folder, taskIds };
}

type Placed = {
  readonly folder: string;
  readonly task: string;
  readonly copy: Extension;
  readonly isOwn: boolean;
};

function placeTask({ folder, task, copy, isOwn }: Placed): string {
  const file = join(folder, "dist/tasks", task, "task.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as TaskJson & { readonly id: string };
  const id = isOwn ? json.id : copiedTaskId(json.id, copy);
  writeFileSync(file, `${JSON.stringify({ ...json, id }, undefined, 2)}\n`);
  const mark = join(folder, "dist/tasks", task, "extension.json");
  if (existsSync(mark)) writeFileSync(mark, JSON.stringify(copy));
  return id;
}

function copyInto(folder: string, path: string): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, path), target, { recursive: true });
}
