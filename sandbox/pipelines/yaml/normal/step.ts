// Steps as the service's preview writes them: shortcuts become the tasks behind them.
import {
  entry,
  isEmpty,
  textOf,
  type Entry,
  type MapNode,
  type Node,
  type Place,
} from "../node.ts";
import { stepKeys } from "../schema/steps.ts";

export type Shortcut = keyof typeof stepKeys;

// Built-in steps have no published name: their tasks are told by id.
export const checkoutTask = "6d15af64-176c-496d-b583-fd2ae21d4df4@1";
export const downloadTask = "30f35852-3f7e-4c0c-9a88-e127b4f97211@1";
export const publishTask = "ecdc45f6-832d-4ad9-b52b-ee49e94659be@1";

type Task = {
  readonly task: string;
  /** The input that the shortcut's own value goes to. */
  readonly input: string;
  readonly fixed?: Readonly<Record<string, string>>;
  readonly renamed?: Readonly<Record<string, string>>;
};
const inline = { targetType: "inline" };
const publish: Task = {
  ...{ task: publishTask, input: "targetPath", renamed: { artifact: "artifactName" } },
};
const tasks: Readonly<Record<Shortcut, Task>> = {
  script: { task: "CmdLine@2", input: "script" },
  bash: { task: "Bash@3", input: "script", fixed: inline },
  powershell: { task: "PowerShell@2", input: "script", fixed: inline },
  pwsh: { task: "PowerShell@2", input: "script", fixed: { ...inline, pwsh: "true" } },
  checkout: { task: checkoutTask, input: "repository" },
  download: { task: downloadTask, input: "alias" },
  downloadBuild: { task: "DownloadBuildArtifacts@0", input: "definition" },
  getPackage: { task: "DownloadPackage@1", input: "definition" },
  upload: publish,
  publish,
  reviewApp: { task: "ReviewApp@0", input: "resourceName" },
};

export function normalStep(node: Node): Node {
  if (node.kind !== "map") return node;
  const [first] = node.entries;
  const task = first && Object.hasOwn(tasks, first.key) ? tasks[first.key as Shortcut] : undefined;
  const entries = first && task ? taskEntries(node, first, task) : node.entries;
  return {
    ...node,
    entries: entries.map((one) =>
      one.key === "target" ? { ...one, value: target(one.value) } : one,
    ),
  };
}

function taskEntries(node: MapNode, first: Entry, task: Task): readonly Entry[] {
  const { at } = first;
  const own: readonly string[] = stepKeys[first.key as Shortcut];
  const shared = node.entries.slice(1).filter(({ key }) => !own.includes(key) && key !== "inputs");
  const mine = node.entries.filter(({ key }) => own.includes(key));
  const given = entry(node, "inputs");
  const inputs: Entry[] = [
    ...Object.entries(task.fixed ?? {}).map(([key, value]) => written(key, value, at)),
    { key: task.input, value: first.value, at },
    ...mine.map((one) => ({ ...one, key: task.renamed?.[one.key] ?? one.key })),
    ...(given?.kind === "map" ? given.entries : []),
  ];
  const off = ["checkout", "download"].includes(first.key) && textOf(first.value) === "none";
  return [
    written("task", task.task, at),
    ...(off ? [written("condition", "false", at)] : []),
    ...shared.filter(({ key }) => !(off && key === "condition")),
    { key: "inputs", value: { kind: "map", entries: inputs, at }, at },
  ];
}

function target(node: Node): Node {
  return node.kind === "scalar" && !isEmpty(node)
    ? { kind: "map", entries: [{ key: "container", value: node, at: node.at }], at: node.at }
    : node;
}

export function written(key: string, value: string, at: Place): Entry {
  return { key, value: { kind: "scalar", value, at }, at };
}
