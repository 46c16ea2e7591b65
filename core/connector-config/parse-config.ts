import { Ajv } from "ajv";
import { LineCounter, parseDocument, type Document } from "yaml";
import { schemaProblem } from "../delivery/schema-problem.ts";
import { InputError, causeText, type Problem } from "../errors.ts";
import { ownSchema } from "../own-schema.ts";
import { withDefaults, type ConfigFile } from "./config-file.ts";
import { contradictions } from "./config-contradictions.ts";
import { configSchema } from "./config-schema.ts";
import type { ConnectorConfig } from "./config.ts";
import { offsetOf } from "./place.ts";

const validate = new Ajv(ownSchema).compile(configSchema);

/** @throws InputError with every problem of the file at once, each with its line. */
export function parseConfig(source: string, file: string): ConnectorConfig {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, logLevel: "silent" });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map(({ pos, message }) => ({
        file,
        line: lineAt(pos[0]),
        message: `not valid YAML: ${(message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "")}`,
      })),
    );
  }
  const value = valueOf(document, file);
  const found = [
    ...(validate(value) ? [] : (validate.errors ?? []))
      .map(schemaProblem)
      .filter((one) => one !== undefined),
    ...contradictions(value),
  ];
  if (found.length > 0) {
    const problems = found.map(({ path, message }): Problem => {
      const offset = offsetOf(document, path);
      return { file, ...(offset === undefined ? {} : { line: lineAt(offset) }), message };
    });
    throw new InputError(
      problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
      { hint: "docs/connector.md lists every key." },
    );
  }
  return withDefaults(value as ConfigFile);
}

function valueOf(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    // An alias without its anchor, or more of them than a person writes.
    throw new InputError([{ file, message: `not valid YAML: ${causeText(cause)}` }], { cause });
  }
}
