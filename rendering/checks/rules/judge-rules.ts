import { ParseError } from "@marcbachmann/cel-js";
import { causeText } from "../../../core/errors.ts";
import type { JudgeRules, RuleUse, RuleVerdict } from "../../../core/manifests/schema-rules.ts";
import type { SchemaNode } from "../../../core/manifests/schema-node.ts";
import { usedCpuMs } from "../../../kube/used-cpu.ts";
import { bounded } from "../schemas/bounded.ts";
import { celValue } from "./cel-value.ts";
import { noOldSelf, readRule } from "./rule-environment.ts";

/** One rule at one place, and all of a call, in CPU time. */
const limits = { ruleMs: 250, allMs: 5000 };

/**
 * Judges rules as the API server does when an object is new. What fails in any other way than by
 * being false is not checked: it may be this library that lacks something.
 */
export const judgeRules: JudgeRules = (uses) => {
  const start = usedCpuMs();
  const verdicts: RuleVerdict[] = [];
  const judgeAll = () => {
    for (const use of uses.slice(verdicts.length)) verdicts.push(judge(use));
  };
  while (verdicts.length < uses.length) {
    if (usedCpuMs() - start > limits.allMs) {
      verdicts.push(notChecked(`the rules before it took more than ${limits.allMs / 1000} s`));
      continue;
    }
    if (bounded(limits.ruleMs, judgeAll)) break;
    // The one it was at may have had no time left: again, alone.
    const use = uses[verdicts.length];
    const alone = use && bounded(limits.ruleMs, () => judge(use));
    verdicts.push(alone?.result ?? notChecked(`it takes more than ${limits.ruleMs} ms`));
  }
  return verdicts;
};

function judge({ rule, value, schema }: RuleUse): RuleVerdict {
  try {
    const context = { self: valueOf(value, schema), oldSelf: noOldSelf };
    const kept: unknown = readRule(rule.rule)(context);
    if (kept === true) return { is: "kept" };
    if (kept !== false) return notChecked("its result is neither true nor false");
    const { message = `must keep the rule ${rule.rule}`, messageExpression } = rule;
    return { is: "broken", message: made(messageExpression, context) ?? message };
  } catch (error) {
    return notChecked(reasonOf(error));
  }
}

// An object with many rules is translated once.
let last: { readonly value: unknown; readonly schema: SchemaNode; readonly cel: unknown };

function valueOf(value: unknown, schema: SchemaNode): unknown {
  if (last?.value !== value || last.schema !== schema) {
    last = { value, schema, cel: celValue(value, schema) };
  }
  return last.cel;
}

function made(
  expression: string | undefined,
  context: Record<string, unknown>,
): string | undefined {
  if (expression === undefined) return undefined;
  try {
    const text: unknown = readRule(expression)(context);
    return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}

function notChecked(reason: string): RuleVerdict {
  return { is: "not checked", reason };
}

function reasonOf(error: unknown): string {
  const [first = ""] = causeText(error).split("\n");
  return error instanceof ParseError ? `it cannot be read: ${first}` : first;
}
