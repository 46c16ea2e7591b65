// Template expressions and includes, before anything runs:
// https://learn.microsoft.com/azure/devops/pipelines/process/template-expressions
import { evaluate, fill, type Scope } from "../expressions/evaluate.ts";
import { ExpressionError } from "../expressions/parse.ts";
import { toBoolean, type Value } from "../expressions/values.ts";
import { bindParameters } from "./parameters.ts";
import {
  entry,
  fromData,
  parseYaml,
  PipelineError,
  toData,
  type DataValue,
  type Entry,
  type Node,
  type Place,
} from "./node.ts";

export type Source = { readonly text: string; readonly file: string; readonly alias: string };

export type Expansion = {
  readonly scope: Scope;
  /** The file that is being read: includes are relative to it. */
  readonly source: Source;
  /** Reads a template; `alias` is a repository resource or `self`. */
  readonly load: (path: string, alias: string) => Promise<string | undefined>;
  readonly depth: number;
};

const directive = /^\$\{\{\s*(if|elseif|else|each|insert)\b\s*(.*?)\s*\}\}$/s;
const deepest = 30;

export async function expand(node: Node, at: Expansion): Promise<Node> {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? filled(node.value, node.at, at) : node;
    case "list":
      return { ...node, items: await expandItems(node.items, at) };
    case "map": {
      const entries = await expandEntries(node.entries, at);
      return { ...node, entries };
    }
  }
}

async function expandItems(items: readonly Node[], at: Expansion): Promise<readonly Node[]> {
  const out: Node[] = [];
  const chain: Chain = { taken: false };
  for (const item of items) {
    const only = item.kind === "map" && item.entries.length === 1 ? item.entries[0] : undefined;
    const selected = only && selectBranches(only, chain, at);
    if (selected) {
      for (const { value, scope } of selected) {
        const below = await expand(value, { ...at, scope });
        if (below.kind === "list") out.push(...below.items);
        else throw new PipelineError("a list is needed below this expression", value.at);
      }
      continue;
    }
    chain.taken = false;
    const expanded = await expand(item, at);
    const template = entry(expanded, "template");
    if (template) out.push(...(await include(expanded, template, at)));
    else if (expanded.kind === "list" && item.kind === "scalar") out.push(...expanded.items);
    else out.push(expanded);
  }
  return out;
}

async function expandEntries(entries: readonly Entry[], at: Expansion): Promise<readonly Entry[]> {
  const out: Entry[] = [];
  const chain: Chain = { taken: false };
  for (const one of entries) {
    const selected = selectBranches(one, chain, at);
    if (!selected) {
      chain.taken = false;
      const key = filled(one.key, one.at, at);
      const text = key.kind === "scalar" ? String(key.value) : one.key;
      out.push({ key: text, value: await expand(one.value, at), at: one.at });
      continue;
    }
    for (const { value, scope } of selected) {
      const below = await expand(value, { ...at, scope });
      if (below.kind === "map") out.push(...below.entries);
      else if (!(below.kind === "scalar" && below.value === null)) {
        throw new PipelineError("a mapping is needed below this expression", value.at);
      }
    }
  }
  return out;
}

type Chain = { taken: boolean };
type Branch = { readonly value: Node; readonly scope: Scope };

// Undefined when the entry is no directive; otherwise what stands in its place.
function selectBranches(one: Entry, chain: Chain, at: Expansion): readonly Branch[] | undefined {
  const match = directive.exec(one.key);
  if (!match) return undefined;
  const [, kind = "", rest = ""] = match;
  const here = { value: one.value, scope: at.scope };
  switch (kind) {
    case "if":
      chain.taken = toBoolean(value(rest, one.at, at.scope));
      return chain.taken ? [here] : [];
    case "elseif": {
      if (chain.taken) return [];
      chain.taken = toBoolean(value(rest, one.at, at.scope));
      return chain.taken ? [here] : [];
    }
    case "else":
      return chain.taken ? [] : [here];
    case "insert":
      return [here];
    default: {
      const [, name = "", list = ""] = /^(\w+)\s+in\s+(.*)$/s.exec(rest) ?? [];
      if (name === "") throw new PipelineError("each needs `name in list`", one.at);
      return elements(value(list, one.at, at.scope)).map((element) => ({
        value: one.value,
        scope: { ...at.scope, names: { ...at.scope.names, [name]: element } },
      }));
    }
  }
}

// Mappings are walked as pairs {key, value}.
function elements(list: Value): readonly Value[] {
  if (Array.isArray(list)) return list as readonly Value[];
  return Object.entries((list ?? {}) as Record<string, Value>).map(([key, one]) => ({
    key,
    value: one,
  }));
}

async function include(item: Node, template: Node, at: Expansion): Promise<readonly Node[]> {
  const { content } = await loadTemplate(template, entry(item, "parameters"), at);
  for (const kind of ["steps", "jobs", "stages", "variables"]) {
    const part = entry(content, kind);
    if (part?.kind === "list") return part.items;
    if (part?.kind === "map") {
      return part.entries.map(({ key, value: one, at: place }) =>
        fromData({ name: key, value: toData(one) }, place),
      );
    }
  }
  throw new PipelineError("the template has no steps, jobs, stages or variables", template.at);
}

/** Reads a template with its parameters bound and everything in it expanded. */
export async function loadTemplate(
  template: Node,
  given: Node | undefined,
  at: Expansion,
): Promise<{ readonly content: Node; readonly source: Source }> {
  if (at.depth > deepest) throw new PipelineError("templates include one another", template.at);
  const reference = template.kind === "scalar" ? String(template.value) : "";
  const [path = "", named] = reference.split("@");
  const alias = named ?? at.source.alias;
  // In another repository paths begin at its root.
  const file = join(named === undefined && !path.startsWith("/") ? at.source.file : "", path);
  const text = await at.load(file, alias);
  if (text === undefined) {
    throw new PipelineError(`template ${file} was not found in repository ${alias}`, template.at);
  }
  const shown = alias === "self" ? file : `${file}@${alias}`;
  const root = parseYaml(text, shown);
  const parameters = bindParameters(entry(root, "parameters"), given, template.at);
  const source = { text, file, alias };
  const scope: Scope = { ...at.scope, names: { ...at.scope.names, parameters } };
  const below: Expansion = { ...at, scope, source, depth: at.depth + 1 };
  const rest: Node =
    root.kind === "map"
      ? { ...root, entries: root.entries.filter(({ key }) => key !== "parameters") }
      : root;
  return { content: await expand(rest, below), source };
}

function join(from: string, path: string): string {
  const parts = [...from.split("/").slice(0, -1), ...path.split("/")];
  const out: string[] = [];
  for (const part of parts) {
    if (part === "..") out.pop();
    else if (part !== "." && part !== "") out.push(part);
  }
  return out.join("/");
}

function filled(text: string, place: Place, at: Expansion): Node {
  if (!text.includes("${{")) return { kind: "scalar", value: text, at: place };
  try {
    const result = fill(text, at.scope);
    return typeof result === "object" && result !== null
      ? fromData(result as DataValue, place)
      : { kind: "scalar", value: result ?? null, at: place };
  } catch (error) {
    throw located(error, place);
  }
}

function value(text: string, place: Place, scope: Scope): Value {
  try {
    return evaluate(text, scope);
  } catch (error) {
    throw located(error, place);
  }
}

function located(error: unknown, place: Place): unknown {
  return error instanceof ExpressionError ? new PipelineError(error.message, place) : error;
}
