// Templates: https://learn.microsoft.com/azure/devops/pipelines/process/templates
import type { Scope } from "../expressions/evaluate.ts";
import { expand } from "./expand.ts";
import { listKinds, type Expansion } from "./expansion.ts";
import { entry, fromData, isEmpty, PipelineError, textOf, toData, type Node } from "./node.ts";
import { bindParameters, parameterKinds } from "./parameters.ts";
import { parseYaml } from "./parse-yaml.ts";

// The documents' limits: 100 files, 100 levels.
const mostFiles = 100;
const deepest = 100;

/** What a list item with `template:` stands for. @throws PipelineError */
export async function include(item: Node, template: Node, at: Expansion): Promise<readonly Node[]> {
  const other = item.kind === "map" && item.entries.find(({ key }) => !known.includes(key));
  if (other) throw new PipelineError(`\`${other.key}\` cannot stand beside \`template\``, other.at);
  const content = await loadTemplate(template, entry(item, "parameters"), at);
  const wanted = at.kind === undefined ? listKinds : [at.kind];
  for (const kind of wanted) {
    const part = entry(content, kind);
    if (part === undefined) continue;
    const surplus = content.kind === "map" && content.entries.find(({ key }) => key !== kind);
    if (surplus) {
      throw new PipelineError(`a ${kind} template has no \`${surplus.key}\``, surplus.at);
    }
    if (part.kind === "list") return part.items;
    if (part.kind === "map" && kind === "variables") {
      return part.entries.map(({ key, value: one, at: place }) =>
        fromData({ name: key, value: toData(one) }, place),
      );
    }
    if (isEmpty(part)) return [];
    throw new PipelineError(`\`${kind}\` must be a list`, part.at);
  }
  throw new PipelineError(
    `the template ${textOf(template) ?? ""} has no ${wanted.join(", ")}`,
    template.at,
  );
}

const known = ["template", "parameters"];

/** Reads a template with its parameters bound and everything in it expanded. */
export async function loadTemplate(
  template: Node,
  given: Node | undefined,
  at: Expansion,
): Promise<Node> {
  if (at.depth >= deepest) throw new PipelineError("templates include one another", template.at);
  at.files.count += 1;
  if (at.files.count > mostFiles) {
    throw new PipelineError(`no more than ${mostFiles} files may be included`, template.at);
  }
  const { file, alias } = locate(textOf(template) ?? "", at);
  const text = await at.load(file, alias);
  if (text === undefined) {
    throw new PipelineError(`template ${file} was not found in repository ${alias}`, template.at);
  }
  const root = parseYaml(text, alias === "self" ? file : `${file}@${alias}`);
  const declared = entry(root, "parameters");
  const parameters = bindParameters(declared, await expandGiven(declared, given, at), template.at);
  const scope: Scope = { ...at.scope, names: { ...at.scope.names, parameters } };
  const below: Expansion = {
    ...{ scope, source: { file, alias }, depth: at.depth + 1 },
    ...{ load: at.load, include: at.include, files: at.files },
  };
  const rest: Node =
    root.kind === "map"
      ? { ...root, entries: root.entries.filter(({ key }) => key !== "parameters") }
      : root;
  return expand(rest, below);
}

// Lists of steps, jobs and stages may name templates themselves; they stand beside this file.
async function expandGiven(
  declared: Node | undefined,
  given: Node | undefined,
  at: Expansion,
): Promise<Node | undefined> {
  if (given?.kind !== "map") return given;
  const kinds = parameterKinds(declared);
  const entries = [];
  for (const one of given.entries) {
    const kind = kinds.get(one.key);
    entries.push(
      kind && one.value.kind === "list"
        ? { ...one, value: await expand(one.value, { ...at, kind, data: false }) }
        : one,
    );
  }
  return { ...given, entries };
}

function locate(reference: string, { source }: Expansion) {
  const [path = "", named] = reference.split("@");
  const alias = named ?? source.alias;
  // In another repository, and with a leading slash, paths begin at its root.
  const from = named === undefined && !path.startsWith("/") ? source.file : "";
  const out: string[] = [];
  for (const part of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    if (part === "..") out.pop();
    else if (part !== "." && part !== "") out.push(part);
  }
  return { file: out.join("/"), alias };
}
