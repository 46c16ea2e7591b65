import { type Document, LineCounter, isNode, type Node, parseDocument } from "yaml";

export type ValuePlace = { readonly line: number; readonly value: unknown };

/** Where a YAML text sets a dotted path, and to what; undefined when it does not. */
export function valuePlace(text: string, dotted: string): ValuePlace | undefined {
  const lines = new LineCounter();
  const document = parsed(text, lines);
  const node = nodeAt(document, dotted);
  return node && { line: lineOf(node, lines), value: node.toJS(document) as unknown };
}

/** The line on which a YAML text sets a dotted path, for many paths of one text. */
export function lineFinder(text: string): (dotted: string) => number | undefined {
  const lines = new LineCounter();
  const document = parsed(text, lines);
  return (dotted) => {
    const node = nodeAt(document, dotted);
    return node && lineOf(node, lines);
  };
}

function parsed(text: string, lineCounter: LineCounter): Document {
  return parseDocument(text, { lineCounter, logLevel: "silent" });
}

// A key may itself hold dots, as variables' and tokens' names do.
function nodeAt(document: Document, dotted: string): Node | undefined {
  return [[dotted], dotted.split(".")].map((path) => document.getIn(path, true)).find(isNode);
}

function lineOf({ range }: Node, lines: LineCounter): number {
  return lines.linePos(range?.[0] ?? 0).line;
}
