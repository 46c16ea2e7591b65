/** One condition of a selector; all of them must hold. */
export type LabelRequirement = {
  readonly key: string;
  readonly operator: "exists" | "absent" | "in" | "notin" | "greater" | "less";
  readonly values: readonly string[];
};

type Labels = Readonly<Record<string, unknown>>;

const name = "[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?";
const key = `(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?${name}`;
const value = `(?:${name})?`;
const forms: readonly (readonly [RegExp, (found: readonly string[]) => LabelRequirement])[] = [
  [form(`(${key})`), ([k = ""]) => ({ key: k, operator: "exists", values: [] })],
  [form(`!\\s*(${key})`), ([k = ""]) => ({ key: k, operator: "absent", values: [] })],
  [
    form(`(${key})\\s*==?\\s*(${value})`),
    ([k = "", v = ""]) => ({ key: k, operator: "in", values: [v] }),
  ],
  [
    form(`(${key})\\s*!=\\s*(${value})`),
    ([k = "", v = ""]) => ({ key: k, operator: "notin", values: [v] }),
  ],
  [
    form(`(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)`),
    ([k = "", operator, list = ""]) => ({
      key: k,
      operator: operator === "in" ? "in" : "notin",
      values: list.split(",").map((each) => each.trim()),
    }),
  ],
  [
    form(`(${key})\\s*([<>])\\s*(-?\\d+)`),
    ([k = "", sign, v = ""]) => ({
      key: k,
      operator: sign === ">" ? "greater" : "less",
      values: [v],
    }),
  ],
];

/**
 * Reads a selector as the Kubernetes API and kustomize's `labelSelector` write it: `a=b`, `a!=b`,
 * `a in (b, c)`, `a notin (b)`, `a`, `!a`, `a>1`, joined by commas. Undefined when it is none.
 */
export function parseLabelSelector(text: string): readonly LabelRequirement[] | undefined {
  const requirements: LabelRequirement[] = [];
  // A comma in parentheses parts values, not requirements.
  for (const part of text.split(/,(?![^(]*\))/)) {
    const found = forms
      .map(([expression, read]) => {
        const match = expression.exec(part.trim());
        return match ? read(match.slice(1)) : undefined;
      })
      .find((each) => each !== undefined);
    if (found === undefined || !found.values.every((each) => isValue(each))) return undefined;
    requirements.push(found);
  }
  return requirements;
}

/** Whether labels, or annotations, are as a selector wants them. */
export function isSelected(requirements: readonly LabelRequirement[], labels: Labels): boolean {
  return requirements.every((requirement) => holds(requirement, labels));
}

function holds({ key: wanted, operator, values }: LabelRequirement, labels: Labels): boolean {
  const found = Object.hasOwn(labels, wanted) ? String(labels[wanted]) : undefined;
  switch (operator) {
    case "exists":
      return found !== undefined;
    case "absent":
      return found === undefined;
    case "in":
      return found !== undefined && values.includes(found);
    case "notin":
      return found === undefined || !values.includes(found);
    case "greater":
      return isInteger(found) && Number(found) > Number(values[0]);
    case "less":
      return isInteger(found) && Number(found) < Number(values[0]);
    default:
      return operator satisfies never;
  }
}

function isValue(text: string): boolean {
  return text.length <= 63 && (form(value).test(text) || /^-\d+$/.test(text));
}

function isInteger(text: string | undefined): text is string {
  return text !== undefined && /^-?\d+$/.test(text);
}

function form(expression: string): RegExp {
  return new RegExp(`^${expression}$`);
}
