import type { Environment } from "@marcbachmann/cel-js";
import { goPattern } from "../../schemas/go-pattern.ts";

/** Patterns as Go reads them, and of cel-go's string library what the evaluator lacks. */
export function addTexts(environment: Environment): void {
  const matches = (text: string, pattern: string) => readPattern(pattern).test(text);
  environment
    .registerFunction("string.matchesPattern(string): bool", matches)
    .registerFunction("matchesPattern(string, string): bool", matches)
    .registerFunction(
      "string.find(string): string",
      (text: string, pattern: string) => readPattern(pattern).exec(text)?.[0] ?? "",
    )
    .registerFunction("string.findAll(string): list<string>", (text: string, pattern: string) =>
      findAll(text, pattern),
    )
    .registerFunction(
      "string.findAll(string, int): list<string>",
      (text: string, pattern: string, most: bigint) => {
        const found = findAll(text, pattern);
        return most < 0n ? found : found.slice(0, Number(most));
      },
    )
    .registerFunction("string.charAt(int): string", (text: string, index: bigint) => {
      const characters = [...text];
      if (index < 0n || index > BigInt(characters.length)) throw new Error("charAt() out of range");
      return characters[Number(index)] ?? "";
    })
    .registerFunction("string.reverse(): string", (text: string) => [...text].reverse().join(""))
    .registerFunction("string.replace(string, string): string", replaced)
    .registerFunction("string.replace(string, string, int): string", replaced)
    .registerFunction("string.splitText(string): list<string>", split)
    .registerFunction("string.splitText(string, int): list<string>", split)
    .registerFunction("string.part(int): string", part)
    .registerFunction("string.part(int, int): string", part);
}

function readPattern(pattern: string): RegExp {
  const read = goPattern(pattern);
  if (read) return read;
  throw new Error(`the pattern ${pattern} has no equal here`);
}

function findAll(text: string, pattern: string): readonly string[] {
  const { source, flags } = readPattern(pattern);
  return [...text.matchAll(new RegExp(source, `${flags}g`))].map(([found]) => found);
}

function replaced(
  ...[text, what, by, most = -1n]: [text: string, what: string, by: string, most?: bigint]
): string {
  if (what === "" && most !== 0n) throw new Error("replace() of an empty text");
  const pieces = text.split(what);
  const count = most < 0n ? pieces.length - 1 : Math.min(Number(most), pieces.length - 1);
  return [pieces.slice(0, count + 1).join(by), ...pieces.slice(count + 1)].join(what);
}

function split(text: string, by: string, most = -1n): readonly string[] {
  if (most === 0n) return [];
  const pieces = by === "" ? [...text] : text.split(by);
  if (most < 0n || BigInt(pieces.length) <= most) return pieces;
  const kept = Number(most) - 1;
  return [...pieces.slice(0, kept), pieces.slice(kept).join(by)];
}

// By characters, not by UTF-16 units.
function part(text: string, from: bigint, to?: bigint): string {
  const characters = [...text];
  const end = to ?? BigInt(characters.length);
  if (from < 0n || from > end || end > BigInt(characters.length)) {
    throw new Error("substring() out of range");
  }
  return characters.slice(Number(from), Number(end)).join("");
}
