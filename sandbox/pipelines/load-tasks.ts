import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpRequestHandler, HttpRequestSection, TaskManifest } from "./task-manifest.ts";

type Section = Readonly<Record<string, string | undefined>>;
type TaskJson = {
  readonly id: string;
  readonly name: string;
  readonly version: { readonly Major: number; readonly Minor: number; readonly Patch: number };
  readonly inputs?: readonly {
    readonly name: string;
    readonly type?: string;
    readonly defaultValue?: string;
    readonly required?: boolean;
  }[];
  readonly execution: Readonly<Record<string, unknown>>;
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
    tasks.set(task.name.toLowerCase(), manifestOf(task, directory));
  }
  return tasks;
}

function manifestOf(task: TaskJson, directory: string): TaskManifest {
  const { Major, Minor, Patch } = task.version;
  const node = (task.execution["Node24"] ?? task.execution["Node20_1"]) as
    { readonly target: string } | undefined;
  return {
    id: task.id,
    name: task.name,
    version: `${Major}.${Minor}.${Patch}`,
    directory,
    inputs: (task.inputs ?? []).map(
      ({ name, type = "string", defaultValue = "", required = false }) => ({
        ...{ name, type, defaultValue, required },
      }),
    ),
    target: node?.target,
    httpRequest: httpRequest(task.execution["HttpRequest"]),
    otherHandlers: Object.keys(task.execution),
  };
}

// Keys are taken whatever their case, as the service does (research, platform §1.1).
function httpRequest(handler: unknown): HttpRequestHandler | undefined {
  const sections = lowered(handler);
  const execute = sections["execute"];
  if (execute === undefined) return undefined;
  const events = lowered(sections["events"]);
  const timeout = (name: string) => lowered(events[name])["timeout"] as string | undefined;
  return {
    execute: section(execute),
    cancel: sections["cancel"] === undefined ? undefined : section(sections["cancel"]),
    timeouts: {
      assigned: timeout("taskassigned"),
      started: timeout("taskstarted"),
      completed: timeout("taskcompleted"),
    },
  };
}

function section(data: unknown): HttpRequestSection {
  const found = lowered(data) as Section;
  const text = (name: string) => String(found[name] ?? "");
  return {
    endpointId: text("endpointid"),
    endpointUrl: text("endpointurl"),
    method: text("method"),
    headers: text("headers"),
    body: text("body"),
    waitForCompletion: text("waitforcompletion"),
    expression: text("expression"),
  };
}

function lowered(data: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries((data ?? {}) as Record<string, unknown>).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]),
  );
}
