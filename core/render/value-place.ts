import { LineCounter, isNode, parseDocument } from "yaml";

export type ValuePlace = { readonly line: number; readonly value: unknown };

/** Where a YAML text sets a dotted path, and to what; undefined when it does not. */
export function valuePlace(text: string, dotted: string): ValuePlace | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  // A key may itself hold dots, as variables' and tokens' names do.
  for (const path of [[dotted], dotted.split(".")]) {
    const node: unknown = document.getIn(path, true);
    if (!isNode(node)) continue;
    const line = lines.linePos(node.range?.[0] ?? 0).line;
    return { line, value: node.toJS(document) as unknown };
  }
  return undefined;
}
