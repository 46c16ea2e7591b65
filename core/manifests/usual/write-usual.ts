// The YAML of what JSON can hold, written in one go: many times as fast as by way of nodes, and the
// same text. What it does not surely write as the library does it leaves to that one, the whole value.
import { giveUp, unlessGivenUp } from "./cursor.ts";

/** How a text is written that is not what it looks like: undefined for what may stand plain. */
export type Spelling = {
  /** Whether only double quotes with escapes can hold it. */
  readonly isEscaped: (text: string) => boolean;
  readonly escaped: (text: string) => string;
  /** Whether a reader of YAML 1.1 or 1.2 would take it for something else than a text. */
  readonly isAmbiguous: (text: string) => boolean;
};

const maxLevels = 100;
const longestKey = 1_000;
// What the library never writes plain, by its own rule (yaml, stringifyString.js).
const neverPlain = /^[ ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-] |: | #|[ :]$/;
/** Marks of documents and directives, tabs and carriage returns: where they stand matters. */
const odd = /^(?:%|---|\.\.\.)|[\t\r]/m;
// A block of text that needs no word on its indentation, and none on its end but "none" or "one".
const usualBlock = /^[^ \n][^]*[^ \n]\n?$/;

/** A mapping's text, ending in a line feed; undefined where it is for the library. */
export function writeUsualYaml(value: unknown, spelling: Spelling): string | undefined {
  return unlessGivenUp(() => {
    if (!isMapping(value) || entriesOf(value).length === 0) giveUp();
    return `${blockOf(value, "", { spelling, level: 0 })}\n`;
  });
}

type At = { readonly spelling: Spelling; readonly level: number };

/** What stands at `indent`; its first line follows what is there already. */
function blockOf(value: object, indent: string, { spelling, level }: At): string {
  if (level > maxLevels) giveUp();
  const below = { spelling, level: level + 1 };
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map((item) => {
      const inner = `${indent}  `;
      return `- ${isFilled(item) ? blockOf(item, inner, below) : scalarOf(item, inner, spelling)}`;
    });
    return items.join(`\n${indent}`);
  }
  const entries = entriesOf(value).map(([name, held]) => {
    const key = keyOf(name, spelling);
    if (!isFilled(held)) return `${key}: ${scalarOf(held, `${indent}  `, spelling)}`;
    return `${key}:\n${indent}  ${blockOf(held, `${indent}  `, below)}`;
  });
  return entries.join(`\n${indent}`);
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, held]) => held !== undefined);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
}

/** Whether it is a list or mapping that holds something; gives up on what JSON has not. */
function isFilled(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (!isMapping(value)) giveUp();
  return entriesOf(value).length > 0;
}

function keyOf(name: string, spelling: Spelling): string {
  if (name === "" || name.length > longestKey || name.includes("\n")) giveUp();
  return lineOf(name, spelling);
}

function scalarOf(value: unknown, indent: string, spelling: Spelling): string {
  switch (typeof value) {
    case "string":
      return value.includes("\n") ? linesOf(value, indent, spelling) : lineOf(value, spelling);
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? JSON.stringify(value) : giveUp();
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "[]" : "{}";
    default:
      return giveUp();
  }
}

function lineOf(text: string, { isEscaped, escaped, isAmbiguous }: Spelling): string {
  if (isEscaped(text)) return escaped(text);
  if (odd.test(text)) giveUp();
  if (!neverPlain.test(text) && !isAmbiguous(text)) return text;
  const isSingle = text.includes('"') && !text.includes("'");
  return isSingle ? `'${text}'` : JSON.stringify(text);
}

function linesOf(text: string, indent: string, { isEscaped, escaped }: Spelling): string {
  if (isEscaped(text)) return escaped(text);
  if (!usualBlock.test(text) || /[\t\r]/.test(text)) giveUp();
  const ends = text.endsWith("\n");
  const body = ends ? text.slice(0, -1) : text;
  return `|${ends ? "" : "-"}\n${indent}${body.replace(/\n+/g, `$&${indent}`)}`;
}
