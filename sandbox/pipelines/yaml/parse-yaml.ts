import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node as YamlNode,
} from "yaml";
import { PipelineError, type Entry, type Node, type Place } from "./node.ts";

// Lists and mappings in one another (the vendor's open library: ParseOptions).
const deepest = 50;
const core = "tag:yaml.org,2002:";
const flag = /^(true|True|TRUE|false|False|FALSE)$/;
const nothing = /^(|~|null|Null|NULL)$/;
// The tags that the service's reader knows beside `str`, and what each stands before: the words and
// numbers of YAML 1.2's core schema (the vendor's open library: YamlObjectReader).
const tagged = new Map([
  [`${core}bool`, flag],
  [`${core}null`, nothing],
  [`${core}int`, /^([-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/],
  [
    `${core}float`,
    /^([-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/,
  ],
]);

/** @throws PipelineError at the first thing that is no YAML, or that pipelines do not take. */
export function parseYaml(text: string, file: string): Node {
  const lines = new LineCounter();
  // Scalars are read by hand below: their spelling stays. What is double is looked for there too.
  const document = parseDocument(text, {
    ...{ lineCounter: lines, uniqueKeys: false, schema: "failsafe", version: "1.2" },
    prettyErrors: false,
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // The service's reader minds no indentation inside brackets.
  const error = document.errors.find(
    ({ code, message }) => code !== "BAD_INDENT" || !/^Flow/.test(message),
  );
  if (error) throw new PipelineError(error.message.split("\n")[0] ?? "", placeAt(error.pos[0]));
  const place = (node: YamlNode | null | undefined, from: Place): Place =>
    node?.range ? placeAt(node.range[0]) : from;

  function convert(node: YamlNode | null | undefined, from: Place, depth = 0): Node {
    const at = place(node, from);
    if (isAlias(node)) throw anchored(node.source, at);
    if (node && "anchor" in node && node.anchor !== undefined) throw anchored(node.anchor, at);
    if ((isMap(node) || isSeq(node)) && node.flow) demandClosed(node, at);
    if ((isMap(node) || isSeq(node)) && depth >= deepest) {
      throw new PipelineError("Maximum object depth exceeded", at);
    }
    if (isMap(node)) return { kind: "map", entries: entriesOf(node.items, at, depth + 1), at };
    if (isSeq(node)) {
      const items = node.items.map((item) => convert(item as YamlNode, at, depth + 1));
      return { kind: "list", items, at };
    }
    return isScalar(node) ? scalar(node, at) : { kind: "scalar", value: null, at };
  }

  // That an end is missing is told as an indentation, too.
  function demandClosed({ range }: YamlNode, at: Place): void {
    const written = range ? text.slice(range[0], range[1]).trimEnd() : "";
    // `[a: b]` holds a mapping without brackets of its own.
    if (!/^[[{]/.test(written) || /[\]}]$/.test(written)) return;
    throw new PipelineError("While parsing a flow collection, did not find the expected end.", at);
  }

  function entriesOf(
    items: readonly { readonly key: unknown; readonly value: unknown }[],
    from: Place,
    depth: number,
  ): readonly Entry[] {
    const entries = items.map(({ key, value }) => {
      const at = place(key as YamlNode, from);
      if (isAlias(key)) throw anchored(key.source, at);
      if (!isScalar(key)) throw new PipelineError("Expected a scalar value", at);
      return { key: textIn(key.value), value: convert(value as YamlNode | null, at, depth), at };
    });
    demandUnique(entries);
    return entries;
  }

  return convert(document.contents, { file, line: 1, column: 1 });
}

function anchored(name: string, at: Place): PipelineError {
  return new PipelineError(`Anchors are not currently supported. Remove the anchor '${name}'`, at);
}

/** @throws PipelineError for a key that stands twice, whatever its case; expressions may. */
export function demandUnique(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { key, at } of entries) {
    const lower = key.toLowerCase();
    if (seen.has(lower) && !key.startsWith("${{")) {
      throw new PipelineError(`'${key}' is already defined`, at);
    }
    seen.add(lower);
  }
}

type YamlScalar = {
  readonly value: unknown;
  readonly type?: string;
  /** As it is written, in its long form. */
  readonly tag?: string;
};

// Only plain scalars are anything but texts.
function scalar(node: YamlScalar, at: Place): Node {
  const value = textIn(node.value);
  const plain = node.type === undefined || node.type === "PLAIN";
  if (node.tag === `${core}str`) return { kind: "scalar", value, at };
  if (node.tag !== undefined) demandTag(node.tag, plain ? value : undefined, at);
  if (!plain) return { kind: "scalar", value, at };
  if (nothing.test(value)) return { kind: "scalar", value: null, at };
  const word = flag.test(value) ? value.toLowerCase() === "true" : numberOf(value);
  return {
    kind: "scalar",
    value: word ?? value,
    ...(word === undefined ? {} : { text: value }),
    at,
  };
}

function demandTag(tag: string, plain: string | undefined, at: Place): void {
  const form = tagged.get(tag);
  if (!form) throw new PipelineError(`Unexpected tag '${tag}'`, at);
  if (plain === undefined) {
    throw new PipelineError(`A text in quotes or a block is not valid with the tag '${tag}'`, at);
  }
  if (!form.test(plain)) {
    throw new PipelineError(`The value '${plain}' is invalid for the type '${tag}'`, at);
  }
}

// Every scalar is a text here (the "failsafe" schema).
function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(text: string): number | undefined {
  if (/^0x[\da-fA-F]+$/.test(text)) return Number(text);
  return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}
