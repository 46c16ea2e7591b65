// One alternative a lexical element of Jsonnet, so that what stands in a comment or a text is not
// taken for code, and code that a comment takes apart is. Strings: the four quoted forms; text blocks
// are of lines and end at ||| on a line of its own.
const element =
  /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|#[^\n]*|\|\|\|-?[ \t]*\n[^]*?\n[ \t]*\|\|\||@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[A-Za-z_]\w*|[^]/g;

export type JsonnetToken = { readonly text: string; /** From 1. */ readonly line: number };

/** Words, texts and signs of a program in their order, without blanks and comments. */
export function* jsonnetTokens(source: string): Generator<JsonnetToken> {
  let line = 1;
  for (const [text] of source.matchAll(element)) {
    if (!/^(?:\s|\/[/*]|#)/.test(text)) yield { text, line };
    line += text.split("\n").length - 1;
  }
}

/** What a token is the text of; undefined for what is no text in quotes. */
export function literalText(text: string): string | undefined {
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
