import { isMap, isScalar, isSeq } from "yaml";
import type { Document, ParsedNode, Schema, YAMLParseError } from "yaml";
import type { Problem } from "../errors.ts";
import { fluxSchema, readMetadataAsText } from "./flux-yaml.ts";
import { kubernetesSchema } from "./kubernetes-yaml.ts";
import type { Reading } from "./kubernetes-yaml.ts";
import type { KubernetesObject } from "./identity.ts";
import { checkNodes } from "./check-nodes.ts";
import { parseAsGo } from "./parse-as-go.ts";
import { refusedKey, refusedText } from "./refused-by-go.ts";
import { unquotedValues } from "./usual/unquoted-values.ts";
import { readUsualYaml } from "./usual/usual-yaml.ts";

export type ManifestDocument = {
  readonly object: KubernetesObject;
  /** Line of the document's first key in the text, from 1. */
  readonly line: number;
};

export type ParsedManifests = {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
};

export type ParsedYaml = {
  readonly documents: readonly { readonly value: unknown; readonly line: number }[];
  readonly problems: readonly Problem[];
};

type ParseOptions = {
  /** Integers beyond 2^53 as bigint (which JSON cannot write) rather than rounded. */
  readonly exactIntegers?: boolean;
  /** Default `kustomize`; `flux`: all that kustomize makes of scalars (dates, labels), integers exact. */
  readonly as?: Reading | "flux";
};

/** Larger texts are refused: 32 Mi UTF-16 units. */
const maxLength = 32 * 1024 * 1024;
/**
 * Of characters that make values (`,` `:` `-`, line feeds), each of which costs up to 600 bytes of
 * memory; and of values with all aliases expanded ("billion laughs").
 */
const maxValues = 1_000_000;
/** Levels of nesting, so that nothing that walks a value runs out of stack. */
const maxDepth = 200;

/** YAML documents of any shape; empty ones are left out. Never throws. */
export function parseYaml(text: string, file: string, options: ParseOptions = {}): ParsedYaml {
  const unfit = sizeProblem(text) ?? nulProblem(text);
  if (unfit) return { documents: [], problems: [{ file, ...unfit }] };
  const usual = readUsual(text, options);
  return usual ? { documents: usual, problems: [] } : parseAnyYaml(text, file, options);
}

/** What {@link readUsualYaml} finds in the text; undefined where it leaves it to {@link parseAnyYaml}. */
export function readUsual(text: string, options: ParseOptions = {}) {
  const valueOf = unquotedValues(schemaFor(options));
  return readUsualYaml(text, { valueOf, metadataAsText: options.as === "flux", maxValues });
}

/** {@link parseYaml} of what fits, by the parser of all YAML: what it says of a text counts. */
export function parseAnyYaml(text: string, file: string, options: ParseOptions = {}): ParsedYaml {
  const isFlux = options.as === "flux";
  const { parsed, lines } = parseAsGo(text, schemaFor(options));
  const documents: { value: unknown; line: number }[] = [];
  const problems: Problem[] = [];
  const refuse = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file, line, column: col, message });
  };
  const refused = isFlux ? refusedText(text) : undefined;
  if (refused) refuse(refused.offset, refused.message);
  let values = 0;
  for (const [at, document] of refused ? [] : parsed.entries()) {
    // It reads one document after each `---`: what follows `...` alone it leaves out in silence.
    if (isFlux && at > 0 && document.directives.docStart !== true) continue;
    const [error] = document.errors;
    const start = document.contents?.range[0] ?? 0;
    if (error) {
      refuse(error.pos[0], invalid(error, text));
      continue;
    }
    if (isEmpty(document)) continue;
    if (isTooDeep(document.contents)) {
      refuse(start, nestedTooDeeply);
      continue;
    }
    const { problem, size } = checkNodes(document, maxValues - values);
    values += size;
    if (problem) {
      refuse(problem.offset, problem.message);
      continue;
    }
    const oddKey = isFlux ? refusedKey(document.contents) : undefined;
    if (oddKey) {
      refuse(oddKey.offset, oddKey.message);
      continue;
    }
    if (isFlux) readMetadataAsText(document);
    try {
      // What aliases expand to was counted.
      const value = document.toJS({ maxAliasCount: -1 }) as unknown;
      documents.push({ value, line: lines.linePos(start).line });
    } catch (cause) {
      refuse(start, notReadable(cause));
    }
  }
  return { documents, problems };
}

function schemaFor({ as = "kustomize", exactIntegers = false }: ParseOptions): Schema {
  return as === "flux" ? fluxSchema : kubernetesSchema(as, exactIntegers);
}

const nestedTooDeeply = `nested more than ${maxDepth} levels deep`;

function invalid({ code, message, pos: [at] }: YAMLParseError, text: string): string {
  if (message.includes("call stack")) return nestedTooDeeply;
  // What stands there may be a password that begins like a block of text.
  const said = message.replace(/(header includes extra characters): .*/s, "$1");
  if (code !== "NON_STRING_KEY") return `not valid YAML: ${said}`;
  // YAML reads them as a mapping whose key is a mapping.
  const [before = "", after = ""] = [text.slice(0, at), text.slice(at)].map((side, index) =>
    index === 0 ? side.slice(side.lastIndexOf("\n") + 1) : side.split("\n", 1)[0],
  );
  if (/\{\{/.test(before + after))
    return "{{ stands here without quotes: a template, not yet filled in";
  return "a key is a list, a mapping or has a tag: only texts may be keys";
}

function notReadable(cause: unknown): string {
  return `not valid YAML: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function nulProblem(text: string): Omit<Problem, "file"> | undefined {
  const at = text.indexOf("\0");
  if (at < 0) return undefined;
  const line = text.slice(0, at).split("\n").length;
  const why = "a NUL character stands here: this is no text, or UTF-16 without its mark";
  return { line, message: `${why}. Save the file as UTF-8` };
}

function sizeProblem(text: string): Omit<Problem, "file"> | undefined {
  if (text.length > maxLength) return { message: "the file is larger than 32 MiB" };
  if (text.length < maxValues) return undefined;
  let values = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x0a || code === 0x2c || code === 0x2d || code === 0x3a) values += 1;
  }
  if (values <= maxValues) return undefined;
  return { message: `the file has more than ${maxValues} values` };
}

/**
 * The Kubernetes objects of a text with any number of documents; `kind: …List` objects are taken
 * apart. What is no object (no apiVersion, kind or name) is a problem, not an exception.
 */
export function parseManifests(
  text: string,
  file: string,
  options: ParseOptions = {},
): ParsedManifests {
  const yaml = parseYaml(text, file, options);
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [...yaml.problems];
  for (const { value, line } of yaml.documents) {
    for (const item of flattened(value)) {
      const lack = isPointer(item)
        ? "a pointer of Git LFS, not the file itself"
        : whatIsMissing(item);
      const place = item === value ? "" : "an item of the list here: ";
      if (lack) problems.push({ file, line, message: `not a Kubernetes object: ${place}${lack}` });
      else documents.push({ object: item as KubernetesObject, line });
    }
  }
  return { documents, problems };
}

// git-lfs/docs/spec.md: three lines of text, which YAML reads as one.
function isPointer(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("version https://git-lfs.github.com/spec/");
}

function isEmpty(document: Document.Parsed<ParsedNode>): boolean {
  const { contents } = document;
  return contents === null || (isScalar(contents) && contents.value === null);
}

// Aliases are nodes of their own here: what they stand for is counted where it is written.
function isTooDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((node) =>
      isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : [],
    );
  }
  return false;
}

function flattened(value: unknown): readonly unknown[] {
  if (!isRecord(value)) return [value];
  const { kind, items, metadata } = value;
  const isList = typeof kind === "string" && kind.endsWith("List") && isListOrNone(items);
  const named = isRecord(metadata) && metadata["name"] !== undefined;
  return isList && !named ? (items ?? []).flatMap(flattened) : [value];
}

// A template's loop that has nothing to write leaves `items:` empty.
function isListOrNone(items: unknown): items is unknown[] | null {
  return items === null || Array.isArray(items);
}

function whatIsMissing(value: unknown): string | undefined {
  if (!isRecord(value)) return "not a mapping";
  const { apiVersion, kind, metadata } = value;
  if (apiVersion === undefined || apiVersion === null || apiVersion === "") return "no apiVersion";
  if (typeof apiVersion !== "string") return `the apiVersion is ${noText(apiVersion)}`;
  if (typeof kind !== "string" || kind === "") return "no kind";
  if (!isRecord(metadata)) return "no metadata";
  const { name, namespace } = metadata;
  if (name === undefined || name === null || name === "") {
    const made = metadata["generateName"] === undefined ? "" : `, and Flux applies no generateName`;
    return `${kind} has no metadata.name${made}`;
  }
  if (typeof name !== "string") return `the metadata.name of ${kind} is ${noText(name)}`;
  if (namespace === null) return `${kind} ${name} has an empty metadata.namespace`;
  if (namespace !== undefined && typeof namespace !== "string") {
    return `the metadata.namespace of ${kind} ${name} is ${noText(namespace)}`;
  }
  return undefined;
}

// kubectl and Helm read an unquoted y, yes or on as true, and 1e3 as 1000.
function noText(value: unknown): string {
  if (typeof value === "boolean") {
    const like = value ? "y, yes and on" : "n, no and off";
    return `the word ${value} (as ${like} are), not a text: put it in quotes`;
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return `the number ${value}, not a text: put it in quotes`;
  }
  return `a ${Array.isArray(value) ? "list" : "mapping"}, not a text`;
}

/** Whether a value is a mapping (not null, not a list). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
