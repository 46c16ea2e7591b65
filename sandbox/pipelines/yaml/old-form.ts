// What pipelines were called before there were jobs, and what the vendor's published schema still
// takes: `phases`, `queue` and `server`. What the preview makes of them is UNVERIFIED: here, jobs.
import { isEmpty, textOf, type Entry, type Node } from "./node.ts";

/** The pipeline with jobs and pools in the place of phases and queues. */
export function inTodaysForm(root: Node): Node {
  if (root.kind !== "map") return root;
  const entries = root.entries.flatMap((one): readonly Entry[] =>
    one.key === "phases" ? [{ ...one, key: "jobs", value: jobsOf(one.value) }] : targetOf(one),
  );
  return { ...root, entries };
}

function jobsOf(phases: Node): Node {
  if (phases.kind !== "list") return phases;
  return { ...phases, items: phases.items.map(jobOf) };
}

function jobOf(phase: Node): Node {
  if (phase.kind !== "map") return phase;
  const entries = phase.entries.flatMap((one): readonly Entry[] =>
    one.key === "phase" ? [{ ...one, key: "job" }] : targetOf(one),
  );
  return { ...phase, entries };
}

// `queue: { name, demands, … }` holds what stands beside the pool today.
function targetOf(one: Entry): readonly Entry[] {
  const { key, value, at } = one;
  if (key !== "queue" && key !== "server") return [one];
  const server: Entry = { key: "pool", value: { kind: "scalar", value: "server", at }, at };
  if (value.kind !== "map") {
    if (key === "queue") return isEmpty(value) ? [] : [{ ...one, key: "pool" }];
    return textOf(value)?.toLowerCase() === "true" ? [server] : [];
  }
  const taken = (...keys: readonly string[]) =>
    value.entries.filter((entry) => keys.includes(entry.key));
  const pool = taken("name", "demands");
  return [
    ...(key === "server" ? [server] : []),
    ...(pool.length > 0 ? [{ key: "pool", value: { ...value, entries: pool }, at }] : []),
    ...taken("timeoutInMinutes", "cancelTimeoutInMinutes", "workspace", "container"),
    ...strategyOf(value, at),
  ];
}

function strategyOf(value: Extract<Node, { kind: "map" }>, at: Entry["at"]): readonly Entry[] {
  const hasMatrix = value.entries.some(({ key }) => key === "matrix");
  const entries = value.entries.flatMap((one) => {
    if (one.key === "matrix") return [one];
    if (one.key !== "parallel") return [];
    return [hasMatrix ? { ...one, key: "maxParallel" } : one];
  });
  return entries.length > 0 ? [{ key: "strategy", value: { ...value, entries }, at }] : [];
}
