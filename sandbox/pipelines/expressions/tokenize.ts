// Words of the expression language, as the vendor's open library reads them (actions/runner,
// DTExpressions: LexicalAnalyzer).
export type Token = {
  readonly kind: "string" | "number" | "version" | "word" | "property" | "sign" | "unknown";
  readonly text: string;
  /** Where it begins, from 0. */
  readonly at: number;
};

const boundary = /[\s[\](),.]/;
const startsNumber = /[-\d]/;
// Before these a `.` begins a number, behind anything else it asks for a property.
const beforeValue = ["[", "(", ","];

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      at += 1;
      continue;
    }
    const token = next(text, at, tokens.at(-1));
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function next(text: string, at: number, last: Token | undefined): Token {
  const char = text.charAt(at);
  if ("[](),*".includes(char)) return { kind: "sign", text: char, at };
  if (char === "'") {
    const [found] = /^'(?:[^']|'')*'/.exec(text.slice(at)) ?? [];
    return found === undefined
      ? { kind: "unknown", text: text.slice(at), at }
      : { kind: "string", text: found, at };
  }
  const value = last === undefined || (last.kind === "sign" && beforeValue.includes(last.text));
  if (char === "." && !value) return { kind: "sign", text: char, at };
  if (char === "." || startsNumber.test(char)) return number(text, at);
  const word = upTo(text, at, (one) => boundary.test(one));
  const known = /^[A-Za-z_][\w-]*$/.test(word);
  const property = last?.kind === "sign" && last.text === ".";
  return { kind: known ? (property ? "property" : "word") : "unknown", text: word, at };
}

function number(text: string, at: number): Token {
  const found = upTo(text, at, (one) => one !== "." && boundary.test(one));
  if (/^\d+(\.\d+){2,3}$/.test(found)) return { kind: "version", text: found, at };
  const isNumber = /^-?(\d+(\.\d*)?|\.\d+)$/.test(found);
  return { kind: isNumber ? "number" : "unknown", text: found, at };
}

function upTo(text: string, from: number, ends: (char: string) => boolean): string {
  let to = from + 1;
  while (to < text.length && !ends(text.charAt(to))) to += 1;
  return text.slice(from, to);
}
