import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { marketplaceProblems } from "./marketplace.ts";
import { inputProblems, type TaskJson, taskProblems } from "../validate-tasks.ts";
import {
  type ExtensionManifest,
  readJson,
  readManifest,
  root,
  taskFolders,
} from "./extension-manifest.ts";

const tfx = join(root, "node_modules/tfx-cli/_build/tfx-cli.js");

/** Everything that would make a package useless, found before one is written. */
export function packageProblems(manifest = readManifest()): readonly string[] {
  const { version } = readJson<{ readonly version: string }>("package.json");
  return [
    ...(manifest.version === version
      ? []
      : [`vss-extension.json has version ${manifest.version}, package.json ${version}`]),
    ...taskFolders().flatMap((name) => taskProblemsOf(manifest, name)),
    ...manifest.files
      .filter(({ path }) => !existsSync(join(root, path)))
      .map(({ path }) => `vss-extension.json names ${path}, which does not exist`),
    ...unpackedPages(manifest),
    ...marketplaceProblems(manifest),
  ];
}

function taskProblemsOf(manifest: ExtensionManifest, name: string): readonly string[] {
  const task = readJson<TaskJson>(`tasks/${name}/task.json`);
  const inputs = join(root, "tasks", name, "inputs.ts");
  const packed = manifest.files.some(({ path }) => path === `dist/tasks/${name}`);
  const offered = manifest.contributions.some(
    ({ properties }) => properties.name === `tasks/${name}`,
  );
  return [
    ...taskProblems(task, name),
    ...(existsSync(inputs) ? inputProblems(task, readFileSync(inputs, "utf8")) : []),
    ...(packed ? [] : [`vss-extension.json does not package dist/tasks/${name}`]),
    ...(offered ? [] : [`vss-extension.json contributes no tasks/${name}`]),
  ];
}

// A page that is not in the package is a blank frame in Azure DevOps, without a word.
function unpackedPages({ contributions, files }: ExtensionManifest): readonly string[] {
  return contributions.flatMap(({ id, properties: { uri } }) => {
    if (uri === undefined || files.some((file) => holds(file, uri))) return [];
    return [`the contribution ${id} opens ${uri}, which the package does not hold`];
  });
}

function holds({ path, packagePath = path }: ExtensionManifest["files"][number], uri: string) {
  const inside = uri.startsWith(`${packagePath}/`) ? uri.slice(packagePath.length + 1) : undefined;
  return inside !== undefined && existsSync(join(root, path, inside));
}

/** Writes the extension laid out in `folder` to `file`. @throws Error with what tfx-cli said. */
export function createPackage(folder: string, file: string): void {
  const target = resolve(root, file);
  mkdirSync(dirname(target), { recursive: true });
  const args = ["extension", "create", "--root", folder, "--manifest-globs", "vss-extension.json"];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tfx, ...args, "--output-path", target, "--no-prompt", "--no-color"],
    { cwd: folder, encoding: "utf8" },
  );
  if (status !== 0 || !existsSync(target)) {
    throw new Error(`Failed to package the extension: ${(stderr || stdout).trim()}`);
  }
}
