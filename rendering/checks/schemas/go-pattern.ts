// Kubernetes' patterns are Go's (RE2 syntax: github.com/google/re2/wiki/Syntax). Most of them mean the
// same in JavaScript; what is written otherwise there is translated here.

const classes: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7f",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};
const parts =
  /\[:(?<posix>\w+):\]|\\(?:x\{(?<hex>[0-9A-Fa-f]+)\}|p(?<category>[A-Z])|(?<escaped>.))|\(\?P<|(?<repeat>\{\d+(?:,\d*)?\})|./gsu;

/** The same pattern in JavaScript; undefined where there is none that is certain to be the same. */
export function goPattern(pattern: string): RegExp | undefined {
  const [written = "", start = "", letters = ""] =
    /^(\^?)\(\?([is]+|(?<!\^\(\?)[ims]+)\)/.exec(pattern) ?? [];
  const rest = start + pattern.slice(written.length);
  const source = translated(rest, letters.includes("m"));
  try {
    return source === undefined ? undefined : new RegExp(source, `${letters}u`);
  } catch {
    return undefined;
  }
}

function translated(pattern: string, multiline: boolean): string | undefined {
  let inClass = false;
  let atStart = false;
  let source = "";
  for (const match of pattern.matchAll(parts)) {
    const [text] = match;
    const { posix, hex, category, escaped, repeat } = match.groups ?? {};
    const first: boolean = atStart;
    atStart = false;
    if (posix !== undefined) {
      const members = inClass ? classes[posix] : undefined;
      if (members === undefined) return undefined;
      source += members;
    } else if (hex !== undefined) source += `\\u{${hex}}`;
    else if (category !== undefined) source += `\\p{${category}}`;
    else if (escaped !== undefined) {
      const same = escape(escaped, { inClass, multiline });
      if (same === undefined) return undefined;
      source += same;
    } else if (text === "(?P<") source += "(?<";
    else if (repeat !== undefined) source += inClass ? repeat.replace(/[{}]/g, "\\$&") : repeat;
    else if (inClass) {
      if (text === "]" && !first) inClass = false;
      source += text === "]" && first ? "\\]" : text;
      atStart = first && text === "^";
    } else {
      if (text === "[") inClass = atStart = true;
      source += /[\]{}]/.test(text) ? `\\${text}` : text;
    }
  }
  return source;
}

function escape(
  letter: string,
  { inClass, multiline }: { readonly inClass: boolean; readonly multiline: boolean },
): string | undefined {
  // JavaScript's \s has more members, and its ^ and $ stand for lines when they are many.
  if (letter === "s") return inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]";
  if (letter === "S") return inClass ? undefined : "[^\\t\\n\\f\\r ]";
  if (letter === "A") return multiline ? undefined : "^";
  if (letter === "z") return multiline ? undefined : "$";
  if (letter === "a") return "\\x07";
  if (/[dDwWbBtnrfvxpP]/.test(letter)) return `\\${letter}`;
  if (/[0-9A-Za-z]/.test(letter)) return undefined;
  return /[\^$\\.*+?()[\]{}|/]/.test(letter) || (inClass && letter === "-")
    ? `\\${letter}`
    : letter;
}
