import { toText, type Value } from "../expressions/values.ts";
import { entry, PipelineError, toData, type Node, type Place } from "./node.ts";

const lists = new Set(["stepList", "jobList", "stageList", "deploymentList"]);

/**
 * The values of a template's parameters: given ones checked against their declared type, the
 * others by default. @throws PipelineError for an unknown, missing or mistyped one.
 */
export function bindParameters(
  declared: Node | undefined,
  given: Node | undefined,
  at: Place,
): { readonly [name: string]: Value } {
  const values = new Map<string, Value>(
    given?.kind === "map" ? given.entries.map(({ key, value }) => [key, toData(value)]) : [],
  );
  const bound: Record<string, Value> = {};
  for (const one of declarations(declared)) {
    const value = values.has(one.name) ? values.get(one.name) : one.default;
    values.delete(one.name);
    if (value === undefined) throw new PipelineError(`parameter ${one.name} needs a value`, at);
    bound[one.name] = typed(one, value, at);
  }
  const [unknown] = values.keys();
  if (unknown !== undefined) throw new PipelineError(`unexpected parameter ${unknown}`, at);
  return bound;
}

type Declaration = {
  readonly name: string;
  readonly type: string;
  readonly default: Value;
  readonly allowed: readonly Value[] | undefined;
};

// Both forms: a list of typed declarations, or a mapping of names to defaults.
function declarations(node: Node | undefined): readonly Declaration[] {
  if (node?.kind === "map") {
    return node.entries.map(({ key, value }) => ({
      name: key,
      type: "legacy",
      default: toData(value),
      allowed: undefined,
    }));
  }
  if (node?.kind !== "list") return [];
  return node.items.map((item) => {
    const text = (key: string) => {
      const found = entry(item, key);
      return found?.kind === "scalar" ? String(found.value) : undefined;
    };
    const fallback = entry(item, "default");
    const allowed = entry(item, "values");
    const type = text("type") ?? "string";
    return {
      name: text("name") ?? "",
      type,
      default: fallback ? toData(fallback) : lists.has(type) ? [] : undefined,
      allowed: allowed?.kind === "list" ? allowed.items.map(toData) : undefined,
    };
  });
}

function typed({ name, type, allowed }: Declaration, value: Value, at: Place): Value {
  if (allowed && !allowed.some((one) => toText(one) === toText(value))) {
    const known = allowed.map(toText).join(", ");
    throw new PipelineError(`parameter ${name} must be one of ${known}, not ${toText(value)}`, at);
  }
  switch (type) {
    case "boolean": {
      const text = toText(value).toLowerCase();
      if (text !== "true" && text !== "false") {
        throw new PipelineError(`parameter ${name} must be true or false`, at);
      }
      return text === "true";
    }
    case "number":
      if (Number.isNaN(Number(value))) {
        throw new PipelineError(`parameter ${name} must be a number, not ${toText(value)}`, at);
      }
      return Number(value);
    case "string":
      if (typeof value === "object" && value !== null) {
        throw new PipelineError(`parameter ${name} must be a string`, at);
      }
      return toText(value);
    default:
      return value;
  }
}
