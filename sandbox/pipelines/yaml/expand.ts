// Template expressions and includes, before anything runs:
// https://learn.microsoft.com/azure/devops/pipelines/process/template-expressions
import { fill } from "../expressions/evaluate.ts";
import { isDirective, located, selectBranches, type Chain } from "./directives.ts";
import { listKinds, type Expansion, type ListKind } from "./expansion.ts";
import {
  entry,
  fromData,
  isEmpty,
  PipelineError,
  type DataValue,
  type Entry,
  type Node,
  type Place,
} from "./node.ts";
import { demandUnique } from "./parse-yaml.ts";
import { withVariables } from "./template-variables.ts";

/** A node with every template expression worked out and every template read in. */
export async function expand(node: Node, at: Expansion): Promise<Node> {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? filled(node.value, node.at, at) : node;
    case "list":
      return { ...node, items: await expandItems(node.items, at) };
    case "map":
      return expandMap(node.entries, node.at, at);
  }
}

async function expandItems(items: readonly Node[], at: Expansion): Promise<readonly Node[]> {
  const out: Node[] = [];
  const chain: Chain = { taken: undefined };
  let here = at;
  const add = async (item: Node) => {
    const template = at.data ? undefined : entry(item, "template");
    const added = template ? await here.include(item, template, here) : [item];
    out.push(...added);
    // A variable may use those before it.
    if (at.kind === "variables") {
      here = {
        ...here,
        scope: withVariables(here.scope, { kind: "list", items: added, at: item.at }),
      };
    }
  };
  for (const item of items) {
    const only = item.kind === "map" && item.entries.length === 1 ? item.entries[0] : undefined;
    const selected = only && selectBranches(only, chain, here.scope);
    if (selected) {
      for (const { value, scope } of selected) {
        const below = await expand(value, { ...here, scope });
        if (below.kind === "list") {
          out.push(...below.items);
          if (at.kind === "variables") here = { ...here, scope: withVariables(here.scope, below) };
        } else if (below.kind === "map" && at.kind === undefined) out.push(below);
        else if (!isEmpty(below)) {
          throw new PipelineError("a list is needed below this expression", value.at);
        }
      }
      continue;
    }
    chain.taken = undefined;
    if (item.kind === "scalar" && typeof item.value === "string") {
      const value = filled(item.value, item.at, here);
      // `- ${{ parameters.steps }}` puts the list's own elements here.
      if (value.kind === "list") for (const one of value.items) await add(one);
      else await add(value);
    } else await add(await expand(item, { ...here, kind: undefined }));
  }
  return out;
}

async function expandMap(entries: readonly Entry[], place: Place, at: Expansion): Promise<Node> {
  const only = entries.length > 0 && entries.every(({ key }) => isDirective(key));
  const variables = at.data ? undefined : entries.find(({ key }) => key === "variables");
  const known = variables && (await expand(variables.value, { ...at, kind: "variables" }));
  const here = known ? { ...at, scope: withVariables(at.scope, known) } : at;
  const out: Entry[] = [];
  const chain: Chain = { taken: undefined };
  for (const one of entries) {
    const selected = selectBranches(one, chain, here.scope);
    if (!selected) {
      chain.taken = undefined;
      if (one === variables && known) out.push({ ...one, value: known });
      else out.push(await expandEntry(one, here));
      continue;
    }
    for (const { value, scope } of selected) {
      const below = await expand(value, { ...here, scope });
      if (below.kind === "map") out.push(...below.entries);
      // `key: { ${{ if … }}: value }` gives the key that value.
      else if (only && !isEmpty(below)) return below;
      else if (!isEmpty(below)) {
        throw new PipelineError("a mapping is needed below this expression", value.at);
      }
    }
  }
  demandUnique(out);
  return { kind: "map", entries: out, at: place };
}

async function expandEntry(one: Entry, at: Expansion): Promise<Entry> {
  const filledKey = filled(one.key, one.at, at);
  const key = filledKey.kind === "scalar" ? String(filledKey.value ?? "") : one.key;
  const kind = listKinds.includes(key) && !at.data ? (key as ListKind) : undefined;
  const data = at.data ?? key === "parameters";
  return { key, value: await expand(one.value, { ...at, kind, data }), at: one.at };
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
