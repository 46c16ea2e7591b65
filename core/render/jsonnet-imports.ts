import { jsonnetTokens, literalText } from "./jsonnet-tokens.ts";

export type JsonnetImport = {
  readonly path: string;
  /** Of the import, from 1. */
  readonly line: number;
  /** Files of `importstr` and `importbin` are only read. */
  readonly kind: "import" | "importstr" | "importbin";
};

/** What a Jsonnet program imports. Paths are literals there, so nothing has to be evaluated. */
export function jsonnetImports(source: string): readonly JsonnetImport[] {
  const found: JsonnetImport[] = [];
  let keyword: { readonly kind: JsonnetImport["kind"]; readonly line: number } | undefined;
  for (const { text, line } of jsonnetTokens(source)) {
    const path = keyword === undefined ? undefined : literalText(text);
    if (keyword !== undefined && path !== undefined) found.push({ path, ...keyword });
    const isImport = /^import(?:str|bin)?$/.test(text);
    keyword = isImport ? { kind: text as JsonnetImport["kind"], line } : undefined;
  }
  return found;
}
