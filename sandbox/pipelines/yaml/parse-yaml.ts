import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node as YamlNode,
} from "yaml";
import { PipelineError, type Entry, type Node, type Place } from "./node.ts";

/** @throws PipelineError at the first thing that is no YAML, or that pipelines do not take. */
export function parseYaml(text: string, file: string): Node {
  const lines = new LineCounter();
  // Two `${{ else }}` may stand in one mapping: what is double is looked for below.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new PipelineError(error.message.split("\n")[0] ?? "", { file, line });
  }
  const place = (node: YamlNode | null | undefined): Place => ({
    file,
    line: node?.range ? lines.linePos(node.range[0]).line : 1,
  });
  function convert(node: YamlNode | null | undefined): Node {
    const at = place(node);
    if (isAlias(node) || (node && "anchor" in node && node.anchor !== undefined)) {
      throw new PipelineError("Anchors are not supported in pipelines", at);
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => ({
        key: isScalar(key) ? (key.source ?? String(key.value)) : String(key),
        value: convert(value as YamlNode | null),
        at: place(key as YamlNode),
      }));
      demandUnique(entries);
      return { kind: "map", entries, at };
    }
    if (isSeq(node)) {
      return { kind: "list", items: node.items.map((item) => convert(item as YamlNode)), at };
    }
    return { kind: "scalar", value: isScalar(node) ? scalarValue(node) : null, at };
  }
  return convert(document.contents);
}

/** @throws PipelineError for a key that stands twice; expressions may. */
export function demandUnique(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { key, at } of entries) {
    if (seen.has(key) && !key.startsWith("${{")) {
      throw new PipelineError(`'${key}' is already defined`, at);
    }
    seen.add(key);
  }
}

// `1.10` stays what it is: as a number it would lose its zero.
function scalarValue(node: { readonly value: unknown; readonly source?: string }) {
  const value = node.value as string | number | boolean | null;
  return typeof value === "number" && String(value) !== node.source ? (node.source ?? "") : value;
}
