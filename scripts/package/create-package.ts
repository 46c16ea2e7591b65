import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inputProblems, type TaskJson, taskProblems } from "../validate-tasks.ts";

const root = join(import.meta.dirname, "../..");
const tfx = join(root, "node_modules/tfx-cli/_build/tfx-cli.js");

/** Everything that would make a package useless, found before one is written. */
export function packageProblems(): readonly string[] {
  const { version } = read<{ readonly version: string }>("package.json");
  const manifest = read<{
    readonly version: string;
    readonly files: readonly { readonly path: string }[];
  }>("vss-extension.json");
  const tasks = readdirSync(join(root, "tasks")).filter((name) =>
    existsSync(join(root, "tasks", name, "task.json")),
  );
  return [
    ...(manifest.version === version
      ? []
      : [`vss-extension.json has version ${manifest.version}, package.json ${version}`]),
    ...tasks.flatMap((name) => taskProblems(read<TaskJson>(`tasks/${name}/task.json`), name)),
    ...tasks.flatMap((name) => {
      const inputs = join(root, "tasks", name, "inputs.ts");
      return existsSync(inputs)
        ? inputProblems(read<TaskJson>(`tasks/${name}/task.json`), readFileSync(inputs, "utf8"))
        : [];
    }),
    ...tasks
      .filter((name) => !manifest.files.some(({ path }) => path === `dist/tasks/${name}`))
      .map((name) => `vss-extension.json does not package dist/tasks/${name}`),
    ...manifest.files
      .filter(({ path }) => !existsSync(join(root, path)))
      .map(({ path }) => `vss-extension.json names ${path}, which does not exist`),
  ];
}

/** Writes the extension to `file` with tfx-cli. @throws Error with what tfx-cli said. */
export function createPackage(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const args = ["extension", "create", "--manifest-globs", "vss-extension.json"];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tfx, ...args, "--output-path", file, "--no-prompt", "--no-color"],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0 || !existsSync(file)) {
    throw new Error(`Failed to package the extension: ${(stderr || stdout).trim()}`);
  }
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as T;
}
