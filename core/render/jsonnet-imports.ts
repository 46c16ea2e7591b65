export type JsonnetImport = {
  readonly path: string;
  /** Line of the import, from 1. */
  readonly line: number;
  /** False for `importstr` and `importbin`: what they read imports nothing. */
  readonly isCode: boolean;
};

// Comments, strings of every form, and the keyword; everything else is passed over.
const tokens =
  /\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/|\|\|\|-?[ \t]*\n[^]*?\n[ \t]*\|\|\||\bimport(?:str|bin)?\b|@"(?:""|[^"])*"|@'(?:''|[^'])*'|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/g;

/**
 * The imports of a jsonnet program. They take literal paths only, so that they are found without
 * evaluating it; what stands in comments and texts is none.
 */
export function jsonnetImports(source: string): readonly JsonnetImport[] {
  const found: JsonnetImport[] = [];
  let keyword: RegExpExecArray | undefined;
  for (const match of source.matchAll(tokens)) {
    const [text] = match;
    if (/^(\/\/|#|\/\*)/.test(text)) continue;
    if (text.startsWith("import")) {
      keyword = match;
      continue;
    }
    const path = /^@?(["'])([^]*)\1$/.exec(text)?.[2];
    if (keyword !== undefined && path !== undefined) {
      const line = source.slice(0, keyword.index).split("\n").length;
      found.push({ path, line, isCode: keyword[0] === "import" });
    }
    keyword = undefined;
  }
  return found;
}
