import { LineCounter, isNode, parseDocument } from "yaml";

export type ValuePlace = { readonly line: number; readonly value: unknown };

/** Where a text sets a dotted path, and to what; undefined when it does not. */
export type FindValue = (dotted: string) => ValuePlace | undefined;

/** Where a YAML text sets a dotted path, and to what; undefined when it does not. */
export function valuePlace(text: string, dotted: string): ValuePlace | undefined {
  return valueFinder(text)(dotted);
}

/** The same for many paths of one text. */
export function valueFinder(text: string): FindValue {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  return (dotted) => {
    // A key may itself hold dots, as variables' and tokens' names do.
    for (const path of [[dotted], dotted.split(".")]) {
      const node: unknown = document.getIn(path, true);
      if (!isNode(node)) continue;
      const line = lines.linePos(node.range?.[0] ?? 0).line;
      return { line, value: node.toJS(document) as unknown };
    }
    return undefined;
  };
}
