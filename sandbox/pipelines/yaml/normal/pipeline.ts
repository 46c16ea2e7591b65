// The form in which the service's preview answers a pipeline: stages, jobs and steps written out,
// shortcuts as what they stand for.
import {
  entry,
  isEmpty,
  textOf,
  type Entry,
  type ListNode,
  type MapNode,
  type Node,
} from "../node.ts";
import { normalJob, normalPool, normalStage } from "./items.ts";
import { each, mapped, normalVariables } from "./parts.ts";
import { written } from "./step.ts";

const jobKeys = ["strategy", "continueOnError", "container", "services", "workspace", "steps"];
const order = [
  ...["name", "appendCommitMessageToRunName", "parameters", "trigger", "pr", "schedules"],
  ...["resources", "variables", "pool", "lockBehavior", "stages"],
];

export function normalPipeline(root: Node): Node {
  if (root.kind !== "map") return root;
  const entries = [...withStages(root).filter(({ value }) => !isEmpty(value))];
  entries.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  return mapped(
    { ...root, entries },
    {
      ...{ trigger: normalTrigger, pr: normalTrigger, variables: normalVariables },
      ...{ pool: normalPool, stages: each(normalStage), resources: normalResources },
    },
  );
}

function withStages(root: MapNode): readonly Entry[] {
  const { at } = root;
  if (entry(root, "stages")) return root.entries;
  const jobs = entry(root, "jobs");
  if (jobs) return [...without(root, ["jobs"]), stages(jobs)];
  const mine = [...jobKeys, "pool"];
  const job: Node = {
    kind: "map",
    entries: [written("job", "Job", at), ...root.entries.filter(({ key }) => mine.includes(key))],
    at,
  };
  return [...without(root, mine), stages({ kind: "list", items: [job], at })];
}

function stages(jobs: Node): Entry {
  const { at } = jobs;
  const stage: Node = {
    kind: "map",
    entries: [written("stage", "__default", at), { key: "jobs", value: each(normalJob)(jobs), at }],
    at,
  };
  return { key: "stages", value: { kind: "list", items: [stage], at }, at };
}

function without(root: MapNode, keys: readonly string[]): readonly Entry[] {
  return root.entries.filter(({ key }) => !keys.includes(key));
}

function normalTrigger(node: Node): Node {
  const { at } = node;
  if (textOf(node) === "none")
    return { kind: "map", entries: [written("enabled", "false", at)], at };
  if (node.kind !== "list") return node;
  const include: Node = { kind: "map", entries: [{ key: "include", value: node, at }], at };
  return { kind: "map", entries: [{ key: "branches", value: include, at }], at };
}

function normalResources(node: Node): Node {
  if (node.kind === "list") return oldResources(node);
  const one = (item: Node) => mapped(item, { trigger: normalTrigger });
  return mapped(node, { repositories: each(one) });
}

// `resources: [{ repo: self }]`, as the vendor's own test cases write it out
// (azure-pipelines-vscode: PipelineResources_BackCompat).
function oldResources(node: ListNode): Node {
  const renamed = (one: Entry) => (one.key === "repo" ? { ...one, key: "repository" } : one);
  const items = node.items.map((item) =>
    item.kind === "map" ? { ...item, entries: item.entries.map(renamed) } : item,
  );
  const entries = [{ key: "repositories", value: { ...node, items }, at: node.at }];
  return { kind: "map", entries, at: node.at };
}
