import { LineCounter, isScalar, parseAllDocuments } from "yaml";
import type { Document, ParsedNode } from "yaml";
import type { Problem } from "../errors.ts";
import { kubernetesTags } from "./kubernetes-yaml.ts";
import type { KubernetesObject } from "./identity.ts";

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
};

/** Larger texts are refused: 32 Mi UTF-16 units. */
const maxLength = 32 * 1024 * 1024;
/** References to anchors a document may make; expansion is bounded by it ("billion laughs"). */
const maxAliases = 100;

/** YAML documents of any shape; empty ones are left out. Never throws. */
export function parseYaml(text: string, file: string, options: ParseOptions = {}): ParsedYaml {
  if (text.length > maxLength) {
    return { documents: [], problems: [{ file, message: "the file is larger than 32 MiB" }] };
  }
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    schema: "core",
    customTags: (tags) => [...kubernetesTags(options.exactIntegers ?? false), ...tags],
    stringKeys: true,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents: { value: unknown; line: number }[] = [];
  const problems: Problem[] = [];
  for (const document of "empty" in parsed ? [] : parsed) {
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      problems.push({ file, line, column: col, message: `not valid YAML: ${error.message}` });
      continue;
    }
    const line = lines.linePos(document.contents?.range[0] ?? 0).line;
    if (isEmpty(document)) continue;
    try {
      documents.push({ value: document.toJS({ maxAliasCount: maxAliases }) as unknown, line });
    } catch {
      problems.push({ file, line, message: `more than ${maxAliases} uses of YAML anchors` });
    }
  }
  return { documents, problems };
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
