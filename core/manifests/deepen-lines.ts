// Go's readers of YAML do not mind how far the further lines of a quoted text or of a flow ([…], {…})
// are indented; the standard and our parser do. Spaces in front of such lines mean nothing.
import { flowChange, yamlTokens } from "./yaml-tokens.ts";

/** Of characters lexed again and again; what needs more is left as it is. */
const mostLexed = 20_000_000;

type Region = {
  /** The first line's number from its start in the text, and the end of the last one. */
  readonly from: number;
  readonly to: number;
  readonly spaces: number;
};

/** The text with such lines indented far enough, none added or taken; undefined if there are none. */
export function deepenLines(text: string): string | undefined {
  let deeper = text;
  for (let lexed = 0; lexed <= mostLexed; lexed += deeper.length) {
    const region = firstShallow(deeper);
    if (region === undefined) return deeper === text ? undefined : deeper;
    const { from, to, spaces } = region;
    const lines = deeper.slice(from, to);
    // Both end a document, wherever they stand.
    if (/^(---|\.\.\.)(\s|$)/m.test(lines)) return undefined;
    const pad = " ".repeat(spaces);
    deeper = `${deeper.slice(0, from)}${lines.replaceAll(/^(?=[^\r\n])/gm, pad)}${deeper.slice(to)}`;
  }
  return undefined;
}

function firstShallow(text: string): Region | undefined {
  let depth = 0;
  let opened = 0;
  for (const token of yamlTokens(text)) {
    const { source, offset, kind } = token;
    if (kind === "broken-flow") {
      const from = text.lastIndexOf("\n", offset - 1) + 1;
      const to = endOfFlow(text, from, depth);
      return to === undefined ? undefined : { from, to, spaces: columnOf(text, opened) + 1 };
    }
    if (kind === "document") depth = 0;
    depth += flowChange(token);
    if (depth === 1 && flowChange(token) === 1) opened = offset;
    if (kind !== "other" || !/^['"]/.test(source)) continue;
    const whole = quoted(text, offset);
    if (whole === undefined || whole.length <= source.length) continue;
    const from = text.indexOf("\n", offset) + 1;
    if (from === 0 || from > offset + whole.length) continue;
    return { from, to: offset + whole.length, spaces: columnOf(text, offset) + 1 };
  }
  return undefined;
}

const single = /'(?:[^']|'')*'/y;
const double = /"(?:[^"\\]|\\[\s\S])*"/y;

function quoted(text: string, offset: number): string | undefined {
  const form = text[offset] === "'" ? single : double;
  form.lastIndex = offset;
  return form.exec(text)?.[0];
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Where the flow that is `depth` deep at `from` is closed. */
function endOfFlow(text: string, from: number, depth: number): number | undefined {
  let left = depth;
  let before = "\n";
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if ((character === "'" || character === '"') && /[\s[{,:]/.test(before)) {
      const whole = quoted(text, at);
      if (whole === undefined) return undefined;
      at += whole.length - 1;
    } else if (character === "#" && /\s/.test(before)) {
      const end = text.indexOf("\n", at);
      if (end < 0) return undefined;
      at = end;
    } else if (character === "[" || character === "{") left += 1;
    else if (character === "]" || character === "}") {
      left -= 1;
      if (left === 0) return at;
    }
    before = text[at] ?? "";
  }
  return undefined;
}
