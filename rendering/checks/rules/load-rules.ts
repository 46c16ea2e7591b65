import type { JudgeRules } from "../../../core/manifests/schema-rules.ts";

/** The judge of CEL rules; loaded when the first rule is met, since most renders have none. */
export async function loadRules(): Promise<JudgeRules> {
  // Eager: a pipeline task is one file.
  const { judgeRules } = await import(/* webpackMode: "eager" */ "./judge-rules.ts");
  return judgeRules;
}
