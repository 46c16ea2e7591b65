import { Ajv } from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import { LineCounter, isMap, isNode, parseDocument } from "yaml";
import type { Document, ParsedNode } from "yaml";
import type { Problem } from "../errors.ts";
import type { Delivery } from "./delivery.ts";
import { deliverySchema } from "./delivery-schema.ts";
import { contradictions } from "./contradictions.ts";
import { withDefaults } from "./defaults.ts";
import type { DeliveryFile } from "./delivery-file.ts";
import { schemaProblem } from "./schema-problem.ts";
import type { LineOf } from "./yaml-path.ts";

export type ParsedDelivery = {
  /** Present when there are no problems. */
  readonly delivery?: Delivery;
  readonly problems: readonly Problem[];
};

// The schema is a constant of ours: checking it by its meta-schema, and improving code that runs
// once, would take three times as long as all of it takes now.
const ajv = {
  ...{ allErrors: true, strict: false, verbose: true },
  ...{ meta: false, validateSchema: false, code: { optimize: false } },
};
let compiled: ValidateFunction | undefined;

/**
 * Reads the text of a fluxgate.yaml: all problems at once, in the order of the text, each with its
 * line. `file` is only for messages.
 */
export function parseDelivery(text: string, file: string): ParsedDelivery {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    stringKeys: true,
    prettyErrors: false,
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
  const value = contentOf(document);
  if (value === undefined) return { problems: [{ file, line: 1, message: "the file is empty" }] };
  const lineOf = lineFinder(document, lines);
  const validate = (compiled ??= new Ajv(ajv).compile(deliverySchema));
  const found = validate(value)
    ? contradictions(value as DeliveryFile)
    : schemaErrors(validate.errors ?? []);
  const problems = found
    .map(({ path, message }): Problem => ({ file, ...lineOf(path), message }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (problems.length > 0) return { problems };
  return { delivery: withDefaults(value as DeliveryFile, lineOf), problems };
}

function schemaErrors(errors: readonly ErrorObject[]) {
  return errors.map(schemaProblem).filter((problem) => problem !== undefined);
}

function contentOf(document: Document.Parsed<ParsedNode>): unknown {
  try {
    return (document.toJS({ maxAliasCount: 100 }) as unknown) ?? undefined;
  } catch {
    return undefined;
  }
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
