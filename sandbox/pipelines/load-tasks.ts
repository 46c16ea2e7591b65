import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpRequestHandler, TaskManifest } from "./state.ts";

type TaskJson = {
  readonly id: string;
  readonly name: string;
  readonly version: { readonly Major: number; readonly Minor: number; readonly Patch: number };
  readonly inputs?: readonly {
    readonly name: string;
    readonly defaultValue?: string;
    readonly required?: boolean;
  }[];
  readonly execution: {
    readonly Node20_1?: { readonly target: string };
    readonly Node24?: { readonly target: string };
    readonly HttpRequest?: { readonly Execute: HttpRequestHandler };
  };
};

/** The tasks of an unpacked extension, by lower-case name: `<directory>/tasks/<Task>/task.json`. */
export function loadTasks(extensionDirectory: string | undefined): Map<string, TaskManifest> {
  const folder = extensionDirectory && join(extensionDirectory, "tasks");
  const tasks = new Map<string, TaskManifest>();
  if (!folder || !existsSync(folder)) return tasks;
  for (const name of readdirSync(folder)) {
    const directory = join(folder, name);
    const file = join(directory, "task.json");
    if (!existsSync(file)) continue;
    const task = JSON.parse(readFileSync(file, "utf8")) as TaskJson;
    const { Major, Minor, Patch } = task.version;
    tasks.set(task.name.toLowerCase(), {
      id: task.id,
      name: task.name,
      version: `${Major}.${Minor}.${Patch}`,
      directory,
      inputs: (task.inputs ?? []).map(({ name: input, defaultValue = "", required = false }) => ({
        name: input,
        defaultValue,
        required,
      })),
      target: (task.execution.Node24 ?? task.execution.Node20_1)?.target,
      httpRequest: task.execution.HttpRequest?.Execute,
    });
  }
  return tasks;
}
