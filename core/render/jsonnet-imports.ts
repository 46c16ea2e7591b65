export type JsonnetImport = {
  readonly path: string;
  /** Of the import, from 1. */
  readonly line: number;
  /** Files of `importstr` and `importbin` are only read. */
  readonly kind: "import" | "importstr" | "importbin";
};

// One alternative a lexical element of Jsonnet, so that what stands in a comment or a text is not
// taken for an import, and an import that a comment takes apart is. Strings: the four quoted forms;
// text blocks are of lines and end at ||| on a line of its own.
const element =
  /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|#[^\n]*|\|\|\|-?[ \t]*\n[^]*?\n[ \t]*\|\|\||@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[A-Za-z_]\w*|[^]/g;

/** What a Jsonnet program imports. Paths are literals there, so nothing has to be evaluated. */
export function jsonnetImports(source: string): readonly JsonnetImport[] {
  const found: JsonnetImport[] = [];
  let keyword: { readonly kind: JsonnetImport["kind"]; readonly line: number } | undefined;
  let line = 1;
  for (const [text] of source.matchAll(element)) {
    const isSpace = /^(?:\s|\/[/*]|#)/.test(text);
    if (keyword !== undefined && !isSpace) {
      const path = literalText(text);
      if (path !== undefined) found.push({ path, ...keyword });
    }
    const isImport = /^import(?:str|bin)?$/.test(text);
    if (!isSpace) keyword = isImport ? { kind: text as JsonnetImport["kind"], line } : undefined;
    line += text.split("\n").length - 1;
  }
  return found;
}

function literalText(text: string): string | undefined {
  const quote = text.at(text.startsWith("@") ? 1 : 0);
  if (text.length < 2 || (quote !== '"' && quote !== "'")) return undefined;
  if (text.startsWith("@")) return text.slice(2, -1).replaceAll(quote + quote, quote);
  return text
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, code: string | undefined, plain: string) =>
      code === undefined
        ? (escapes[plain] ?? plain)
        : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
