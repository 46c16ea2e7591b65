// What the schemas of Flux' definitions ask for besides types: required fields, values, patterns.
import type { FieldProblem } from "./api-failure.ts";
import { fieldTypes, parseType } from "./field-types.ts";
import { isRecord, type KubeObject } from "./kube-object.ts";

const unchecked: FieldProblem = {
  field: "<nil>",
  message:
    "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
};

/** Problems of the spec of a Flux kind; none for other kinds. */
export function definitionProblems({ apiVersion, kind, spec }: KubeObject): FieldProblem[] {
  const type = fieldTypes().kinds[`${apiVersion} ${kind}`];
  const specType = type && fieldTypes().types[type]?.["spec"];
  if (!specType || !kind || !isRecord(spec)) return [];
  const problems = problemsOf(spec, specType, "spec");
  const isIncomplete = problems.some(({ message }) => !message.includes("should match"));
  return isIncomplete ? [...problems, unchecked] : problems;
}

function problemsOf(value: Record<string, unknown>, type: string, at: string): FieldProblem[] {
  const { required = [], enums = {}, patterns = {} } = fieldTypes().rules[type] ?? {};
  const fields = fieldTypes().types[type] ?? {};
  const missing = required
    .filter((field) => value[field] === undefined)
    .map((field) => ({ field: `${at}.${field}`, message: "Required value" }));
  const present = Object.entries(value).flatMap(([field, item]) => {
    const name = `${at}.${field}`;
    const allowed = enums[field];
    if (allowed && typeof item === "string" && !allowed.includes(item)) {
      const values = allowed.map((one) => JSON.stringify(one)).join(", ");
      const message = `Unsupported value: ${JSON.stringify(item)}: supported values: ${values}`;
      return [{ field: name, message }];
    }
    const pattern = patterns[field];
    if (pattern && typeof item === "string" && !new RegExp(pattern).test(item)) {
      const message = `Invalid value: ${JSON.stringify(item)}: ${name} in body should match '${pattern}'`;
      return [{ field: name, message }];
    }
    return nested(item, fields[field] ?? "any", name);
  });
  return [...present, ...missing];
}

function nested(value: unknown, type: string, at: string): FieldProblem[] {
  const parsed = parseType(type);
  if (parsed.is === "object" && isRecord(value)) return problemsOf(value, parsed.name, at);
  if (parsed.is !== "list" || !Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => nested(item, parsed.of, `${at}[${index}]`));
}
