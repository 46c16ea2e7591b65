import { Ajv } from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import { LineCounter, isMap, isNode, parseDocument } from "yaml";
import type { Document, ParsedNode } from "yaml";
import type { Problem } from "../errors.ts";
import { checkNodes } from "../manifests/check-nodes.ts";
import type { NodeProblem } from "../manifests/check-nodes.ts";
import { kubernetesSchema } from "../manifests/kubernetes-yaml.ts";
import { ownSchema } from "../own-schema.ts";
import type { Delivery } from "./delivery.ts";
import { deliverySchema } from "./delivery-schema.ts";
import { contradictions } from "./contradictions.ts";
import { withDefaults } from "./defaults.ts";
import type { DeliveryFile } from "./delivery-file.ts";
import { schemaProblem } from "./schema-problem.ts";
import type { PlacedProblem } from "./schema-problem.ts";
import { unclearNumbers } from "./unclear-numbers.ts";
import type { LineOf } from "./yaml-path.ts";

export type ParsedDelivery = {
  /** Present when there are no problems. */
  readonly delivery?: Delivery;
  readonly problems: readonly Problem[];
};

let compiled: ValidateFunction | undefined;

const maxValues = 100_000;

/**
 * Reads the text of a fluxgate.yaml: all problems at once, in the order of the text, each with its
 * line. `file` is only for messages.
 */
export function parseDelivery(text: string, file: string): ParsedDelivery {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: kubernetesSchema("kustomize", true),
    stringKeys: true,
    prettyErrors: false,
    uniqueKeys: false,
    // With "silent" a second document is passed over without a word.
    logLevel: "error",
  });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code, message }) => {
      const { line, col } = lines.linePos(pos[0]);
      const why =
        code === "MULTIPLE_DOCS"
          ? "another document begins here: one delivery is one file"
          : `not valid YAML: ${message}`;
      return { file, line, column: col, message: why };
    });
    return { problems };
  }
  const placed = ({ offset, message }: NodeProblem): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, message };
  };
  const { problem } = checkNodes(document, maxValues);
  if (problem) return { problems: [placed(problem)] };
  const value = contentOf(document);
  if (value === undefined) return { problems: [{ file, line: 1, message: "the file is empty" }] };
  const lineOf = lineFinder(document, lines);
  const validate = (compiled ??= new Ajv(ownSchema).compile(deliverySchema));
  const isValid = validate(contentOf(document, (_key, each) => rounded(each)));
  const found = isValid
    ? contradictions(value as DeliveryFile)
    : schemaErrors(validate.errors ?? []);
  const problems = found
    .map(({ path, message }): Problem => ({ file, ...lineOf(path), message }))
    .concat(isValid ? unclearNumbers(document).map(placed) : [])
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (problems.length > 0) return { problems };
  return { delivery: withDefaults(value as DeliveryFile, { path: file, lineOf }), problems };
}

function schemaErrors(errors: readonly ErrorObject[]): readonly PlacedProblem[] {
  const found = errors.map(schemaProblem).filter((problem) => problem !== undefined);
  return found.length > 0 ? found : [{ path: [], message: "the file is not valid" }];
}

function contentOf(
  document: Document.Parsed<ParsedNode>,
  reviver: (key: unknown, value: unknown) => unknown = (_key, value) => value,
): unknown {
  return (document.toJS({ maxAliasCount: -1, reviver }) as unknown) ?? undefined;
}

// The schema knows numbers of JavaScript only.
function rounded(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

// The place of the longest part of the path that exists; for a mapping's entry, its key.
function lineFinder(document: Document.Parsed<ParsedNode>, lines: LineCounter): LineOf {
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const parent = length > 0 ? document.getIn(path.slice(0, length - 1), true) : undefined;
      const key = path[length - 1];
      const pair = isMap(parent)
        ? parent.items.find((item) => String(item.key) === String(key))
        : undefined;
      const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  };
}
