// Templates: https://learn.microsoft.com/azure/devops/pipelines/process/templates
import type { Scope } from "../expressions/evaluate.ts";
import { spendFile } from "./budget.ts";
import { expand } from "./expand.ts";
import type { Expansion, ListKind } from "./expansion.ts";
import { locateTemplate } from "./locate-template.ts";
import { entry, isEmpty, PipelineError, textOf, type Node } from "./node.ts";
import { normalItem, normalItems } from "./normal/items.ts";
import { bindParameters, type NormalizeItems } from "./parameters.ts";
import { itemKindOf, listKindOf, readDeclarations } from "./parameter-declarations.ts";
import { parseYaml } from "./parse-yaml.ts";
import { check } from "./schema/check.ts";
import { fileWords } from "./schema/read-words.ts";

// The documents' limit.
const deepest = 100;

/** What a list item with `template:` stands for. @throws PipelineError */
export async function include(item: Node, template: Node, at: Expansion): Promise<readonly Node[]> {
  check(item, "template item", undefined);
  const kind = at.kind ?? "steps";
  const given = entry(item, "parameters");
  const content = await loadTemplate(template, { given, kind: `${kind} template`, at });
  // What is called phases takes templates of jobs as well.
  const part = entry(content, kind) ?? (kind === "phases" ? entry(content, "jobs") : undefined);
  if (part === undefined || isEmpty(part)) return [];
  if (part.kind === "list") return part.items;
  if (part.kind === "map" && kind === "variables") {
    return part.entries.map(({ key, value, at: place }) => ({
      kind: "map",
      at: place,
      entries: [
        { key: "name", value: { kind: "scalar", value: key, at: place }, at: place },
        { key: "value", value, at: place },
      ],
    }));
  }
  throw new PipelineError("Expected a sequence", part.at);
}

/** Reads a template with its parameters bound and everything in it expanded. */
async function loadTemplate(
  template: Node,
  {
    given,
    kind,
    at,
  }: { readonly given: Node | undefined; readonly kind: string; readonly at: Expansion },
): Promise<Node> {
  const { root, below } = await openTemplate(template, { given, kind, at });
  const rest: Node =
    root.kind === "map"
      ? { ...root, entries: root.entries.filter(({ key }) => key !== "parameters") }
      : root;
  return expand(rest, below);
}

/** A template's file as it is written, and where its expansion stands. */
export async function openTemplate(
  template: Node,
  {
    given,
    kind,
    at,
  }: { readonly given: Node | undefined; readonly kind: string; readonly at: Expansion },
): Promise<{ readonly root: Node; readonly below: Expansion }> {
  if (at.depth >= deepest) {
    throw new PipelineError(
      `Templates include one another: more than ${deepest} levels`,
      template.at,
    );
  }
  const { text, file, alias } = await readTemplate(template, at);
  const root = parseYaml(text, alias === "self" ? file : `${file}@${alias}`);
  if (!isEmpty(root)) check(root, kind, fileWords);
  const declarations = entry(root, "parameters");
  const source = { file, alias };
  const normalize = normalizeAt(
    at.source.alias === alias ? at : { ...at, source: { ...source, giver: at.source } },
  );
  const parameters = await bindParameters(readDeclarations(declarations), given, {
    ...{ at: template.at, normalize, keys: "any case", open: declarations?.kind !== "list" },
  });
  // Only the pipeline itself must declare what it asks for; in a template it is nothing.
  const scope: Scope = { ...at.scope, strict: [], names: { ...outer(at.scope), parameters } };
  const below: Expansion = {
    ...{ scope, source, depth: at.depth + 1 },
    ...{ load: at.load, include: at.include, budget: at.budget, resources: at.resources },
  };
  return { root, below };
}

async function readTemplate(template: Node, at: Expansion) {
  const { files, alias } = locateTemplate(textOf(template) ?? "", at.source);
  let missing = "";
  for (const file of files) {
    const found = await at.load({ path: file, alias, resources: at.resources });
    if ("missing" in found) {
      missing ||= found.missing;
      continue;
    }
    const read = { text: found.text, file, alias };
    spendFile(at.budget, read, template.at);
    return read;
  }
  throw new PipelineError(missing, template.at);
}

// What a loop calls its element is not known in a template that stands inside it.
function outer({ names }: Scope): Scope["names"] {
  return { variables: names["variables"] };
}

/**
 * Steps, jobs and stages that are given may name templates themselves; these stand beside the file
 * that gives them. Those given to a template of another repository stand there: users of shared
 * templates write `path/from/the/root.yml@self`.
 */
export function normalizeAt(at: Expansion): NormalizeItems {
  return async (node, type) => {
    const list = listKindOf(type);
    const kind: ListKind | undefined = list ?? itemKindOf(type);
    if (!kind) return node;
    const whole: Node = list ? node : { kind: "list", items: [node], at: node.at };
    const expanded = await expand(whole, { ...at, kind, data: false });
    check(expanded, kind, undefined);
    if (list) return normalItems(expanded, kind);
    const [first] = expanded.kind === "list" ? expanded.items : [];
    return first ? normalItem(first, kind) : node;
  };
}
