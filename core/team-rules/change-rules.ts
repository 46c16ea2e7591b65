import { TerminalError } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";
import {
  parseTeamRules,
  refusalOf,
  type RuleList,
  ruleKey,
  ruleLists,
  type TeamRule,
} from "./team-rule.ts";

export type RuleChange = { readonly list: RuleList; readonly rule: TeamRule } & (
  { readonly change: "add" } | { readonly change: "remove" }
);

/**
 * The text of a list's file after a change of it; everything else in it stays.
 * @param text undefined: there is no such file yet
 * @throws TerminalError where the file cannot be changed, or the rule is none
 */
export function changeRules(text: string | undefined, { list, rule, change }: RuleChange): string {
  const { file, key } = ruleLists[list];
  const fail = (cause: string, hint: string) =>
    new TerminalError(`Failed to change ${file}: ${cause}`, { code: "rule-refused", hint });
  const refused = change === "add" ? refusalOf(rule) : undefined;
  if (refused !== undefined) throw fail(`the rule ${refused}`, "Complete it, then try again.");
  const whole = text === undefined ? {} : parse(text);
  const entries = whole?.[key] ?? [];
  if (whole === undefined || !Array.isArray(entries)) {
    throw fail("it is not what it should be", "Mend it in the manifests repository.");
  }
  const known = entries as readonly unknown[];
  const same = (entry: unknown) => isSame(entry, list, rule);
  if (change === "add" && known.some(same))
    throw fail("it has that rule", "Nothing is to be done.");
  const left = change === "add" ? [...known, rule] : known.filter((entry) => !same(entry));
  if (change === "remove" && left.length === known.length) {
    throw fail("it no longer has that rule", "Read the settings again.");
  }
  return `${JSON.stringify({ ...whole, [key]: left }, undefined, 2)}\n`;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSame(entry: unknown, list: RuleList, rule: TeamRule): boolean {
  const { rules } = parseTeamRules(JSON.stringify({ [ruleLists[list].key]: [entry] }), list);
  return rules.some((one) => ruleKey(one) === ruleKey(rule));
}
