import { Lexer } from "yaml";

export type YamlToken = {
  /** Empty for what only marks: the start of a document, a flow that ends unexpectedly. */
  readonly source: string;
  /** Where it begins in the text. */
  readonly offset: number;
  /** `scalar`: a plain or a block one; quoted ones tell by their first character. */
  readonly kind: "document" | "broken-flow" | "scalar" | "other";
};

/** The tokens of a text in their order, marks included. */
export function* yamlTokens(text: string): Generator<YamlToken> {
  let offset = text.startsWith("\ufeff") ? 1 : 0;
  let isScalar = false;
  for (const source of new Lexer().lex(text)) {
    if (source === "\ufeff") continue;
    // The marks of yaml's lexer are control characters in tokens of their own.
    if (source === "\x1f") isScalar = true;
    else if (source === "\x02") yield { source: "", offset, kind: "document" };
    else if (source === "\x18") yield { source: "", offset, kind: "broken-flow" };
    else {
      yield { source, offset, kind: isScalar ? "scalar" : "other" };
      offset += source.length;
      isScalar = false;
    }
  }
}

/** How many flows a token opens (1), closes (-1) or neither (0). */
export function flowChange({ source, kind }: YamlToken): number {
  if (kind !== "other") return 0;
  return source === "{" || source === "[" ? 1 : source === "}" || source === "]" ? -1 : 0;
}
