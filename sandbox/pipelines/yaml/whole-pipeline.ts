import { expand } from "./expand.ts";
import type { Expansion } from "./expansion.ts";
import { openTemplate } from "./include.ts";
import { entry, PipelineError, type Entry, type MapNode, type Node } from "./node.ts";
import { withVariables } from "./template-variables.ts";

/** A pipeline's root expanded; `extends` puts a template's content beside what the root says. */
export async function wholePipeline(root: Node, expansion: Expansion): Promise<Node> {
  if (root.kind !== "map") return expand(root, expansion);
  const whole = await extended(root, expansion);
  // What the root declares stays as it is written; expressions in it are literal texts.
  const declared = root.entries.find(({ key }) => key === "parameters");
  if (!declared) return whole;
  const written = await expand(declared.value, { ...expansion, data: true });
  return { ...whole, entries: [{ ...declared, value: written }, ...whole.entries] };
}

async function extended(root: MapNode, outer: Expansion): Promise<MapNode> {
  const extend = entry(root, "extends");
  // Resources are worked out before the rest: the templates lie there.
  const own = entry(root, "resources");
  const resources = own ? [await expand(own, { ...outer, data: true })] : [];
  const expansion = { ...outer, resources: [...outer.resources, ...resources] };
  const around = await expand(without(root, ["parameters", "extends"]), expansion);
  if (around.kind !== "map") throw new PipelineError("Expected a mapping", root.at);
  if (!extend) return around;
  const variables = entry(around, "variables");
  const scope = variables ? withVariables(expansion.scope, variables) : expansion.scope;
  const at: Expansion = { ...expansion, scope };
  const asked = await expand(extend, { ...at, data: true });
  const template = entry(asked, "template");
  if (!template) throw new PipelineError("The property 'template' is required", extend.at);
  const kind = "extended template";
  const given = entry(asked, "parameters");
  const { root: file, below } = await openTemplate(template, { given, kind, at });
  if (file.kind !== "map") throw new PipelineError("Expected a mapping", file.at);
  const content = await extended(file, below);
  return { ...around, entries: merge(around.entries, content.entries) };
}

// Resources add up; variables stand in one of them; a template's triggers start nothing.
function merge(around: readonly Entry[], content: readonly Entry[]): readonly Entry[] {
  const out = [...around];
  for (const one of content) {
    const index = out.findIndex(({ key }) => key === one.key);
    const mine = out[index];
    if (one.key === "trigger") continue;
    if (!mine) out.push(one);
    else if (one.key === "resources") {
      out[index] = { ...mine, value: together(mine.value, one.value) };
    } else throw new PipelineError(`'${one.key}' is already defined`, one.at);
  }
  return out;
}

function together(a: Node, b: Node): Node {
  if (a.kind === "list" && b.kind === "list") return { ...a, items: [...a.items, ...b.items] };
  if (a.kind !== "map" || b.kind !== "map") return a;
  const entries = a.entries.map((one) => {
    const other = entry(b, one.key);
    return other ? { ...one, value: together(one.value, other) } : one;
  });
  return { ...a, entries: [...entries, ...b.entries.filter(({ key }) => !entry(a, key))] };
}

function without(root: MapNode, keys: readonly string[]): MapNode {
  return { ...root, entries: root.entries.filter(({ key }) => !keys.includes(key)) };
}
