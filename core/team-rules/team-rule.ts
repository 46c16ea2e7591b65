// Rules of a team about what it need not see each time. They lie in the manifests repository, so that
// a change of them is reviewed as any other; each has its reason. What a rule leaves out is counted and
// can be shown, and no rule takes a risk away.
import type { Identity } from "../manifests/identity.ts";
import { objectsAt, textAt } from "../flux/read-json.ts";
import { fitsEverything } from "./field-pattern.ts";

export type TeamRule = {
  /** Absent: any. */
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** As a comparison writes it; `*` stands for anything inside one step, `**` for any steps. */
  readonly path: string;
  readonly reason: string;
};

export type TeamRules = {
  readonly rules: readonly TeamRule[];
  /** What is no rule, and why: it hides nothing. */
  readonly problems: readonly string[];
};

/** The two lists of rules: the file of each, from the repository's root, and its key there. */
export const ruleLists = {
  /** Subtracted where environments are compared, never in a review. */
  expected: { file: ".fluxgate/expected-differences.json", key: "expected" },
  /** Folded with the minor edits, in reviews and where environments are compared. */
  noise: { file: ".fluxgate/noise-rules.json", key: "noise" },
} as const;
export type RuleList = keyof typeof ruleLists;

const longest = 1_000;
const mostRules = 500;

/** Never throws: what is no rule is a problem, and hides nothing. */
export function parseTeamRules(text: string, list: RuleList): TeamRules {
  const { file, key } = ruleLists[list];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { rules: [], problems: [`${file} is not valid JSON`] };
  }
  const entries = (value as Readonly<Record<string, unknown>> | null)?.[key];
  if (!Array.isArray(entries)) return { rules: [], problems: [`${file} has no list "${key}"`] };
  const found = objectsAt(value, key).map((entry, index) => {
    const refused = refusalOf(entry);
    return refused === undefined ? ruleOf(entry) : `${file}: rule ${index + 1} ${refused}`;
  });
  const problems = found.filter((one): one is string => typeof one === "string");
  const rules = found.filter((one): one is TeamRule => typeof one !== "string");
  const odd = entries.length - found.length;
  return {
    rules: rules.slice(0, mostRules),
    problems: [
      ...problems,
      ...(odd > 0 ? [`${file}: ${odd} of its entries are no rules`] : []),
      ...(rules.length > mostRules ? [`${file}: rules after the first ${mostRules} are left`] : []),
    ],
  };
}

/** Why something is no rule; undefined for one that is. */
export function refusalOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  const [path, reason] = [textAt(entry, "path"), textAt(entry, "reason")];
  if (path === undefined) return "has no path";
  if (reason === undefined || reason.trim() === "") return "has no reason";
  if (path.length > longest || reason.length > longest) return "is too long";
  return fitsEverything(path) ? "would fit every field" : undefined;
}

/** Whether a rule speaks of an object. */
export function isAbout(rule: TeamRule, identity: Identity): boolean {
  return (["kind", "namespace", "name"] as const).every(
    (key) => rule[key] === undefined || rule[key] === identity[key],
  );
}

/** Equal for equal rules, whatever else their files hold. */
export function ruleKey({ kind, namespace, name, path, reason }: TeamRule): string {
  return JSON.stringify([kind, namespace, name, path, reason]);
}

function ruleOf(entry: Readonly<Record<string, unknown>>): TeamRule {
  const only = (key: "kind" | "namespace" | "name") => {
    const found = textAt(entry, key);
    return found === undefined ? {} : { [key]: found };
  };
  const [path = "", reason = ""] = [textAt(entry, "path"), textAt(entry, "reason")];
  return { ...only("kind"), ...only("namespace"), ...only("name"), path, reason };
}
