// Template expressions and includes, before anything runs:
// https://learn.microsoft.com/azure/devops/pipelines/process/template-expressions
import { spendEvent } from "./budget.ts";
import { selectBranches, type Chain } from "./directives.ts";
import { listKinds, type Expansion, type ListKind } from "./expansion.ts";
import { fillText } from "./fill-text.ts";
import {
  entry,
  isEmpty,
  PipelineError,
  textOf,
  type Entry,
  type ListNode,
  type MapNode,
  type Node,
} from "./node.ts";
import { demandUnique } from "./parse-yaml.ts";
import { withKnownOf, withVariables } from "./template-variables.ts";

/** A node with every template expression worked out and every template read in. */
export async function expand(node: Node, at: Expansion): Promise<Node> {
  spendEvent(at.budget, node.at);
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? fillText(node.value, node.at, at.scope) : node;
    case "list":
      return expandItems(node, at);
    case "map":
      return at.kind === "variables" ? expandVariables(node, at) : expandMap(node, at);
  }
}

async function expandItems(list: ListNode, at: Expansion): Promise<ListNode> {
  const out: Node[] = [];
  const chain: Chain = { taken: undefined };
  let here = at;
  const add = async (item: Node) => {
    const template = at.data ? undefined : entry(item, "template");
    const added = template ? await here.include(item, template, here) : [item];
    out.push(...added);
    // A variable may use those before it.
    if (at.kind === "variables") {
      const block = { kind: "list", items: added, at: item.at } as const;
      here = { ...here, scope: withVariables(here.scope, block) };
    }
  };
  for (const item of list.items) {
    const only = item.kind === "map" && item.entries.length === 1 ? item.entries[0] : undefined;
    const selected = only && !gathers(only) ? selectBranches(only, chain, here.scope) : undefined;
    for (const { value, scope } of selected ?? []) {
      // One step, or one job, may stand there without a list around it.
      const inner: Expansion = {
        ...here,
        scope: withKnownOf(scope, here.scope),
        kind: value.kind === "map" ? undefined : at.kind,
      };
      const below = await expand(value, inner);
      for (const one of below.kind === "list" ? below.items : isEmpty(below) ? [] : [below]) {
        if (value.kind === "list") {
          out.push(one);
          if (at.kind === "variables") here = { ...here, scope: withVariables(here.scope, below) };
        } else await add(one);
      }
    }
    if (selected) continue;
    const value = await expand(item, { ...here, kind: undefined });
    if (only && gathers(only) && value.kind === "map" && value.entries.length === 0) continue;
    // `- ${{ parameters.steps }}` puts the list's own elements here.
    if (item.kind === "scalar" && value.kind === "list") {
      for (const one of value.items) await add(one);
    } else await add(value);
  }
  return { ...list, items: out };
}

// `- ${{ each pair in step }}:` over a mapping is one element with what all rounds bring; over a
// list each round brings elements.
function gathers({ key, value }: Entry): boolean {
  return value.kind === "map" && /^\$\{\{\s*each\s/.test(key);
}

// A variable may use those before it.
async function expandVariables(map: MapNode, at: Expansion): Promise<MapNode> {
  let here = at;
  const see = (entries: readonly Entry[]) => {
    here = { ...here, scope: withVariables(here.scope, { ...map, entries }) };
  };
  const expanded = await expandEntries(map, {
    at: () => ({ ...here, kind: undefined }),
    see,
    inside: "variables",
  });
  if (expanded.kind !== "map") throw new PipelineError("Expected a mapping", map.at);
  return expanded;
}

async function expandMap(map: MapNode, at: Expansion): Promise<Node> {
  const variables = at.data ? undefined : map.entries.find(({ key }) => key === "variables");
  const known = variables && (await expand(variables.value, { ...at, kind: "variables" }));
  const here = known ? { ...at, scope: withVariables(at.scope, known) } : at;
  return expandEntries(map, {
    at: () => here,
    see: () => undefined,
    ...(variables && known ? { done: { of: variables, value: known } } : {}),
  });
}

type MapExpansion = {
  readonly at: () => Expansion;
  readonly see: (entries: readonly Entry[]) => void;
  /** One that is expanded already. */
  readonly done?: { readonly of: Entry; readonly value: Node };
  /** What the map stands in; what a branch brings stands there too. */
  readonly inside?: ListKind;
};

async function expandEntries(map: MapNode, of: MapExpansion): Promise<Node> {
  const { at, see, done, inside } = of;
  const out: Entry[] = [];
  const chain: Chain = { taken: undefined };
  let instead: Node | undefined;
  const add = (entries: readonly Entry[]) => {
    out.push(...entries);
    see(entries);
  };
  for (const one of map.entries) {
    const selected = selectBranches(one, chain, at().scope);
    if (!selected)
      add([done?.of === one ? { ...one, value: done.value } : await expandEntry(one, at())]);
    for (const { value, scope } of selected ?? []) {
      const here = { ...at(), scope: withKnownOf(scope, at().scope) };
      const below = await expand(value, inside ? { ...here, kind: inside } : here);
      if (below.kind === "map") add(below.entries);
      else if (!isEmpty(below)) instead = below;
    }
  }
  // `key: { ${{ if … }}: value }` gives the key that value.
  if (instead && out.length > 0) throw new PipelineError("Expected a mapping", instead.at);
  if (instead && map.entries.some(({ key }) => /^\$\{\{\s*insert\s*\}\}$/.test(key))) {
    throw new PipelineError("Expected a mapping", instead.at);
  }
  if (instead) return instead;
  demandUnique(out);
  return { ...map, entries: out };
}

async function expandEntry(one: Entry, at: Expansion): Promise<Entry> {
  const filled = fillText(one.key, one.at, at.scope);
  if (filled.kind !== "scalar") {
    const kind = filled.kind === "list" ? "Array" : "Object";
    throw new PipelineError(`Unable to convert from ${kind} to String. Value: ${kind}`, one.at);
  }
  const key = textOf(filled) ?? "";
  const kind = listKinds.includes(key) && !at.data ? (key as ListKind) : undefined;
  const data = (at.data ?? false) || key === "parameters";
  return { key, value: await expand(one.value, { ...at, kind, data }), at: one.at };
}
