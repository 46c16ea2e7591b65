import { isCollection, toText, type Value } from "../expressions/values.ts";
import type { ListKind } from "./expansion.ts";
import { entry, isEmpty, PipelineError, textOf, toData, type Node, type Place } from "./node.ts";

const kinds: Readonly<Record<string, ListKind>> = {
  ...{ stepList: "steps", jobList: "jobs", deploymentList: "jobs", stageList: "stages" },
};
const mappings = ["step", "job", "deployment", "stage"];
const known = [
  ...["string", "number", "boolean", "object", "stringList", "legacy"],
  ...mappings,
  ...Object.keys(kinds),
];

/** Which parameters are lists of steps, jobs or stages. */
export function parameterKinds(declared: Node | undefined): ReadonlyMap<string, ListKind> {
  return new Map(
    declarations(declared).flatMap(({ name, type }) => {
      const kind = kinds[type];
      return kind ? [[name, kind] as const] : [];
    }),
  );
}

/**
 * The values of a template's parameters: given ones checked against their declared type, the
 * others by default. @throws PipelineError for an unknown, missing or mistyped one.
 */
export function bindParameters(
  declared: Node | undefined,
  given: Node | undefined,
  at: Place,
): { readonly [name: string]: Value } {
  const values = new Map<string, { readonly value: Value; readonly at: Place }>();
  for (const one of given?.kind === "map" ? given.entries : []) {
    values.set(one.key, { value: toData(one.value), at: one.at });
  }
  const bound: Record<string, Value> = {};
  for (const one of declarations(declared)) {
    const name = [...values.keys()].find((key) => key.toLowerCase() === one.name.toLowerCase());
    const found = name === undefined ? undefined : values.get(name);
    if (name !== undefined) values.delete(name);
    const value = found ? found.value : one.default;
    if (value === undefined) {
      throw new PipelineError(`A value for the '${one.name}' parameter must be provided.`, at);
    }
    bound[one.name] = typed(one, value, found?.at ?? at);
  }
  const [unknown] = values;
  if (unknown) throw new PipelineError(`Unexpected parameter '${unknown[0]}'`, unknown[1].at);
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
      ...{ name: key, type: "legacy", default: toData(value), allowed: undefined },
    }));
  }
  return node?.kind === "list" ? node.items.map(declaration) : [];
}

const keys = ["name", "displayName", "type", "default", "values"];

function declaration(item: Node): Declaration {
  if (item.kind !== "map") throw new PipelineError("a parameter must be a mapping", item.at);
  const odd = item.entries.find(({ key }) => !keys.includes(key));
  if (odd) throw new PipelineError(`Unexpected value '${odd.key}' in a parameter`, odd.at);
  const name = textOf(entry(item, "name"));
  if (name === undefined) throw new PipelineError("a parameter needs a name", item.at);
  const type = textOf(entry(item, "type")) ?? "string";
  if (!known.includes(type)) {
    throw new PipelineError(`the parameter '${name}' has no type that exists: ${type}`, item.at);
  }
  const fallback = entry(item, "default");
  const allowed = entry(item, "values");
  const none = kinds[type] ? [] : undefined;
  return {
    ...{ name, type, default: isEmpty(fallback) || !fallback ? none : toData(fallback) },
    // `default: ''` is a value; `default:` with nothing is none, but for a text that may be empty.
    ...(fallback && isEmpty(fallback) && type === "string" ? { default: "" } : {}),
    ...(fallback && isEmpty(fallback) && type === "object" ? { default: null } : {}),
    allowed: allowed?.kind === "list" ? allowed.items.map(toData) : undefined,
  };
}

function typed({ name, type, allowed }: Declaration, value: Value, at: Place): Value {
  const fault = (what: string) =>
    new PipelineError(`The '${name}' parameter value '${toText(value)}' is not ${what}.`, at);
  if (allowed && !allowed.some((one) => toText(one) === toText(value))) {
    throw fault(`a valid value: it must be one of ${allowed.map(toText).join(", ")}`);
  }
  switch (type) {
    case "boolean": {
      const text = toText(value).toLowerCase();
      if (text !== "true" && text !== "false") throw fault("a valid Boolean");
      return text === "true";
    }
    case "number":
      if (isCollection(value) || Number.isNaN(Number(value)) || toText(value).trim() === "") {
        throw fault("a valid Number");
      }
      return Number(value);
    case "string":
      if (isCollection(value)) throw fault("a valid String");
      return typeof value === "boolean" ? String(value) : toText(value);
    case "stringList":
      if (!Array.isArray(value)) throw fault("a list of texts");
      return (value as readonly Value[]).map(toText);
    default:
      if (kinds[type] && !Array.isArray(value)) throw fault(`a ${type}`);
      if (mappings.includes(type) && (!isCollection(value) || Array.isArray(value))) {
        throw fault(`a ${type}`);
      }
      return value;
  }
}
