// Whether YAML is what the service's schema says, as its template reader goes through a file: once
// as it is written, with its expressions, and once when these have been worked out.
import { readKey, readValue, type Words } from "./read-words.ts";
import type { Definition } from "./definition.ts";
import { alternativesOf, definitionOf } from "./schema.ts";
import { PipelineError, type MapNode, type Node } from "../node.ts";

type MapDefinition = Extract<Definition, { kind: "map" }>;

/** Undefined words: there are no expressions any more. @throws PipelineError */
export function check(node: Node, name: string, words: Words | undefined): void {
  const here = words && definitionOf(name).expressions ? { ...words, allowed: true } : words;
  const alternatives = alternativesOf(name);
  if (alternatives.some(({ kind }) => kind === "any")) {
    checkAny(node, here);
    return;
  }
  switch (node.kind) {
    case "scalar":
      checkScalar(node, alternatives, here);
      return;
    case "list": {
      const list = alternatives.find((one) => one.kind === "list");
      if (!list) throw new PipelineError("A sequence was not expected", node.at);
      for (const item of node.items) checkItem(item, list.of, here);
      return;
    }
    case "map": {
      const maps = alternatives.filter((one) => one.kind === "map");
      // Directives alone may give a text too.
      if (here?.allowed && node.entries.every(({ key }) => key.includes("${{"))) {
        checkAny(node, here);
        return;
      }
      if (maps.length === 0) throw new PipelineError("A mapping was not expected", node.at);
      checkMap(node, maps, here);
    }
  }
}

// An item that is only a directive stands for what is below it.
function checkItem(item: Node, of: string, words: Words | undefined): void {
  const [only, ...more] = item.kind === "map" ? item.entries : [];
  if (!words?.allowed || !only?.key.includes("${{") || more.length > 0) {
    check(item, of, words);
    return;
  }
  checkAny(only.value, readKey(only, words).words);
}

function checkScalar(
  node: Extract<Node, { kind: "scalar" }>,
  alternatives: readonly Definition[],
  words: Words | undefined,
): void {
  const text = readValue(node, words);
  if (text === undefined) return;
  const scalars = alternatives.filter((one) => one.kind === "text");
  const empty = text === "";
  const fits = scalars.some(
    ({ form, nonEmpty }) => (form?.test(text) ?? true) && !(nonEmpty === true && empty),
  );
  if (!fits) throw new PipelineError(`Unexpected value '${text}'`, node.at);
}

function checkMap(
  node: MapNode,
  definitions: readonly MapDefinition[],
  words: Words | undefined,
): void {
  let left = definitions;
  let isFirst = true;
  for (const one of node.entries) {
    const { key, words: below } = readKey(one, words);
    if (key === undefined) {
      checkAny(one.value, below);
      isFirst = false;
      continue;
    }
    const known = left.filter((definition) => Object.hasOwn(definition.keys, key));
    const fitting = isFirst
      ? known.filter(({ first }) => first === undefined || first === key)
      : known;
    isFirst = false;
    const [chosen] = fitting;
    if (chosen) {
      left = fitting;
      check(one.value, chosen.keys[key] ?? "any", below);
      continue;
    }
    const others = known.length > 0 ? undefined : left[0]?.others;
    if (others === undefined) throw new PipelineError(`Unexpected value '${key}'`, one.at);
    check(one.value, others, below);
  }
  if (words?.allowed) return;
  const [definition] = left;
  const missing = definition?.required?.find((key) => !node.entries.some((one) => one.key === key));
  if (missing !== undefined) {
    throw new PipelineError(`The property '${missing}' is required`, node.at);
  }
}

function checkAny(node: Node, words: Words | undefined): void {
  switch (node.kind) {
    case "scalar":
      readValue(node, words);
      return;
    case "list":
      for (const item of node.items) checkAny(item, words);
      return;
    case "map":
      for (const one of node.entries) checkAny(one.value, readKey(one, words).words);
  }
}
