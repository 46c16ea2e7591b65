import type { Run, TimelineRecord } from "../run.ts";

/** Variables that a partner gave a server task's record are its outputs for other jobs. */
export function keepOutputs(run: Run, record: TimelineRecord): void {
  if (record.type !== "Task" || record.variables.size === 0) return;
  const [stage = "", job = "", instance = ""] = record.identifier.split(".");
  const prefix = instance === "__default" ? "" : `${instance}.`;
  const jobs = run.outputs.get(stage) ?? new Map<string, Map<string, string>>();
  const outputs = jobs.get(job) ?? new Map<string, string>();
  for (const [name, { value }] of record.variables) {
    outputs.set(`${prefix}${record.refName}.${name}`, value);
  }
  run.outputs.set(stage, jobs.set(job, outputs));
}
