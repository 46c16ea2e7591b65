import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { JudgeRules, RuleUse } from "../manifests/schema-rules.ts";

export type RuleFinding = {
  readonly severity: "error" | "warning";
  /** With the field, without the object. */
  readonly message: string;
};

/** What the CEL rules of a schema say about one object; rules that nobody could check, too. */
export function ruleFindings(
  object: KubernetesObject,
  uses: readonly RuleUse[],
  { judge, postBuild }: { readonly judge: JudgeRules; readonly postBuild: readonly string[] },
): readonly RuleFinding[] {
  const open = whatIsOpen(object, postBuild);
  if (open !== undefined) {
    return [{ severity: "warning", message: `${counted(uses.length)} not checked: ${open}` }];
  }
  const verdicts = judge(uses);
  const found = uses.flatMap(({ rule, path }, index): readonly RuleFinding[] => {
    const verdict = verdicts[index];
    if (verdict === undefined || verdict.is === "kept") return [];
    if (verdict.is === "broken") {
      const field = `${path}${rule.fieldPath ?? ""}`.replace(/^\./, "");
      return [{ severity: "error", message: `${field || "the object"}: ${verdict.message}` }];
    }
    const field = path.replace(/\[\d+\]/g, "[]") || "the object";
    const message = `${field}: the rule \`${short(rule.rule)}\` was not checked: ${verdict.reason}`;
    return [{ severity: "warning", message }];
  });
  return [...new Map(found.map((each) => [each.message, each])).values()];
}

// Values that only the cluster gets to see.
function whatIsOpen(object: KubernetesObject, postBuild: readonly string[]): string | undefined {
  const name = postBuild.find((each) => holds(object, `\${${each}`));
  if (name !== undefined) return `it holds \${${name}}, which Flux substitutes`;
  return isRecord(object["sops"]) ? "SOPS encrypted values of it" : undefined;
}

function counted(count: number): string {
  return count === 1 ? "1 rule of its definition was" : `${count} rules of its definition were`;
}

function short(rule: string): string {
  const line = rule.replace(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

function holds(value: unknown, text: string): boolean {
  if (typeof value === "string") return value.includes(text);
  if (Array.isArray(value)) return value.some((item) => holds(item, text));
  return isRecord(value) && Object.values(value).some((child) => holds(child, text));
}
