import { LineCounter, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Document, ParsedNode } from "yaml";
import type { Problem } from "../errors.ts";
import { fluxSchema, readMetadataAsText } from "./flux-yaml.ts";
import { kubernetesSchema } from "./kubernetes-yaml.ts";
import type { KubernetesObject } from "./identity.ts";
import { repeatedKey } from "./repeated-key.ts";

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
  /** As Flux' build reads it (kustomize), integers exact; else as kubectl does. */
  readonly as?: "flux";
};

/** Larger texts are refused: 32 Mi UTF-16 units. */
const maxLength = 32 * 1024 * 1024;
/** Characters that make values (`,` `:` `-`, line feeds): each costs up to 600 bytes of memory. */
const maxValues = 1_000_000;
/** Levels of nesting, so that nothing that walks a value runs out of stack. */
const maxDepth = 200;
/** References to anchors a document may make; expansion is bounded by it ("billion laughs"). */
const maxAliases = 100;

/** YAML documents of any shape; empty ones are left out. Never throws. */
export function parseYaml(text: string, file: string, options: ParseOptions = {}): ParsedYaml {
  const tooLarge = sizeProblem(text);
  if (tooLarge) return { documents: [], problems: [{ file, message: tooLarge }] };
  const lines = new LineCounter();
  const isFlux = options.as === "flux";
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    schema: isFlux ? fluxSchema : kubernetesSchema(options.exactIntegers ?? false),
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents: { value: unknown; line: number }[] = [];
  const problems: Problem[] = [];
  const refuse = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file, line, column: col, message });
  };
  for (const document of "empty" in parsed ? [] : parsed) {
    const [error] = document.errors;
    const start = document.contents?.range[0] ?? 0;
    if (error) {
      const tooDeep = error.message.includes("call stack");
      refuse(error.pos[0], tooDeep ? nestedTooDeeply : `not valid YAML: ${error.message}`);
      continue;
    }
    if (isEmpty(document)) continue;
    if (isTooDeep(document.contents)) {
      refuse(start, nestedTooDeeply);
      continue;
    }
    const repeated = repeatedKey(document);
    if (repeated) {
      refuse(repeated.offset, `not valid YAML: the key "${repeated.key}" is there twice`);
      continue;
    }
    if (isFlux) readMetadataAsText(document);
    try {
      const value = document.toJS({ maxAliasCount: maxAliases }) as unknown;
      documents.push({ value, line: lines.linePos(start).line });
    } catch (cause) {
      const isBomb = cause instanceof ReferenceError;
      refuse(start, isBomb ? `more than ${maxAliases} uses of YAML anchors` : notReadable(cause));
    }
  }
  return { documents, problems };
}

const nestedTooDeeply = `nested more than ${maxDepth} levels deep`;

function notReadable(cause: unknown): string {
  return `not valid YAML: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function sizeProblem(text: string): string | undefined {
  if (text.length > maxLength) return "the file is larger than 32 MiB";
  if (text.length < maxValues) return undefined;
  let values = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x0a || code === 0x2c || code === 0x2d || code === 0x3a) values += 1;
  }
  return values > maxValues ? `the file has more than ${maxValues} values` : undefined;
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
      const lack = whatIsMissing(item);
      if (lack) problems.push({ file, line, message: `not a Kubernetes object: ${lack}` });
      else documents.push({ object: item as KubernetesObject, line });
    }
  }
  return { documents, problems };
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
  const isList = typeof kind === "string" && kind.endsWith("List") && Array.isArray(items);
  const named = isRecord(metadata) && metadata["name"] !== undefined;
  return isList && !named ? (items as unknown[]).flatMap(flattened) : [value];
}

function whatIsMissing(value: unknown): string | undefined {
  if (!isRecord(value)) return "not a mapping";
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== "string" || apiVersion === "") return "no apiVersion";
  if (typeof kind !== "string" || kind === "") return "no kind";
  if (!isRecord(metadata)) return "no metadata";
  const { name, namespace } = metadata;
  if (typeof name !== "string" || name === "") return `${kind} has no metadata.name`;
  if (namespace === null) return `${kind} ${name} has an empty metadata.namespace`;
  if (namespace !== undefined && typeof namespace !== "string") {
    return `${kind} ${name} has a metadata.namespace that is no text`;
  }
  return undefined;
}

/** Whether a value is a mapping (not null, not a list). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
