// Values by a path, as `helm --set` reads it (helm's pkg/strvals): `a.b[0].c=text`, with backslashes
// before signs that are meant as they stand, `{a,b}` for lists, and further pairs behind a comma.
import { isRecord } from "../api/kube-object.ts";

type Tree = Record<string, unknown>;
/** `end`: the text is over, and nothing is left to be set. */
type Step = "next" | "end";

const most = { index: 65_536, level: 30 };

/**
 * Sets what `text` says in `values` themselves.
 * @param typed numbers, booleans and null are read as such; otherwise every value is a text
 * @throws Error in helm's words
 */
export function setValue(values: Tree, text: string, typed: boolean): void {
  const parser = parserOf(text, typed);
  while (parser.key(values, 0) === "next");
}

function parserOf(given: string, typed: boolean) {
  const text = [...given];
  let at = 0;

  function until(stops: string): { readonly read: string; readonly stop: string | undefined } {
    let read = "";
    for (; at < text.length; at += 1) {
      const char = text[at] ?? "";
      if (stops.includes(char)) {
        at += 1;
        return { read, stop: char };
      }
      if (char === "\\") at += 1;
      read += text[at] === undefined ? "" : char === "\\" ? text[at] : char;
    }
    return { read, stop: undefined };
  }

  function key(data: Tree, level: number): Step {
    const { read: name, stop } = until("=[,.");
    switch (stop) {
      case undefined:
        if (name === "") return "end";
        throw new Error(`key ${JSON.stringify(name)} has no value`);
      case "[": {
        const index = keyIndex();
        if (index === undefined) return "end";
        const list = listOf(data, name);
        const step = item(list, index, level);
        put(data, name, list);
        return step;
      }
      case "=": {
        const found = value();
        put(data, name, found.value);
        return found.step;
      }
      case ",":
        throw new Error(`key ${JSON.stringify(name)} has no value (cannot end with ,)`);
      default: {
        if (level + 1 > most.level) {
          const text = "value name nested level is greater than maximum supported nested level of";
          throw new Error(`${text} ${most.level}`);
        }
        const inner = mapOf(data, name);
        const step = key(inner, level + 1);
        const isEmpty = Object.keys(inner).length === 0;
        if (step === "next" && isEmpty) {
          throw new Error(`key map ${JSON.stringify(name)} has no value`);
        }
        if (!isEmpty) put(data, name, inner);
        return step;
      }
    }
  }

  // Undefined: the text is over.
  function keyIndex(): number | undefined {
    const { read, stop } = until("]");
    if (stop === undefined) return undefined;
    if (/^[-+]?\d+$/.test(read)) return Number(read);
    const cause = `strconv.Atoi: parsing ${JSON.stringify(read)}: invalid syntax`;
    throw new Error(`error parsing index: ${cause}`);
  }

  function item(list: unknown[], index: number, level: number): Step {
    if (index < 0) throw new Error(`negative ${index} index not allowed`);
    const { read, stop } = until("[.=");
    if (read !== "") {
      const letters = [...read].map((one) => `'${one}'`).join(" ");
      throw new Error(`unexpected data at end of array index: [${letters}]`);
    }
    switch (stop) {
      case undefined:
        return "end";
      case "=":
        putAt(list, index, value().value);
        return "next";
      case "[": {
        const next = keyIndex();
        if (next === undefined) return "end";
        const inner = list[index] ?? [];
        if (!Array.isArray(inner)) throw unfit(inner, "[]interface {}");
        const step = item(inner as unknown[], next, level);
        if (step === "end") return step;
        putAt(list, index, inner);
        return step;
      }
      default: {
        const known = list[index];
        const inner: Tree = isRecord(known) ? known : {};
        if (list.length > index) list[index] = inner;
        const step = key(inner, level);
        if (step === "end") return step;
        putAt(list, index, inner);
        return step;
      }
    }
  }

  function value(): { readonly value: unknown; readonly step: Step } {
    if (at >= text.length) return { value: "", step: "end" };
    if (text[at] !== "{") return { value: scalar(until(",").read), step: "next" };
    at += 1;
    const list: unknown[] = [];
    for (;;) {
      const { read, stop } = until(",}");
      if (stop === undefined) throw new Error("list must terminate with '}'");
      list.push(scalar(read));
      if (stop === ",") continue;
      if (text[at] === ",") at += 1;
      return { value: list, step: "next" };
    }
  }

  function scalar(read: string): unknown {
    if (!typed) return read;
    const word = read.toLowerCase();
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    return read === "0" || (/^[-+]?\d+$/.test(read) && !read.startsWith("0") && isInt64(read))
      ? Number(read)
      : read;
  }

  return { key };
}

function isInt64(text: string): boolean {
  const number = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, number) === number;
}

function put(data: Tree, name: string, value: unknown): void {
  if (name !== "") Object.defineProperty(data, name, { value, ...plain });
}

// A key called `__proto__` is one like any other.
const plain = { configurable: true, enumerable: true, writable: true };

function putAt(list: unknown[], index: number, value: unknown): void {
  if (index > most.index) {
    throw new Error(`index of ${index} is greater than maximum supported index of ${most.index}`);
  }
  while (list.length < index) list.push(null);
  list[index] = value;
}

function listOf(data: Tree, name: string): unknown[] {
  if (!Object.hasOwn(data, name)) return [];
  const found = data[name];
  if (Array.isArray(found)) return found as unknown[];
  throw unfit(found, "[]interface {}");
}

function mapOf(data: Tree, name: string): Tree {
  if (!Object.hasOwn(data, name)) return {};
  const found = data[name];
  if (isRecord(found)) return found;
  throw unfit(found, "map[string]interface {}");
}

function unfit(value: unknown, wanted: string): Error {
  const kind =
    value === null || value === undefined
      ? "nil"
      : Array.isArray(value)
        ? "[]interface {}"
        : isRecord(value)
          ? "map[string]interface {}"
          : typeof value === "boolean"
            ? "bool"
            : typeof value === "number"
              ? "float64"
              : "string";
  return new Error(
    `unable to parse key: interface conversion: interface {} is ${kind}, not ${wanted}`,
  );
}
