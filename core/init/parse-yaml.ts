import { parse } from "yaml";

/** A file's only document; undefined for what is no YAML, as files with templates in them are. */
export function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: "silent" });
  } catch {
    return undefined;
  }
}
