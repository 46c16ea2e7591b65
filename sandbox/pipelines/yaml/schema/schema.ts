import { common } from "./common.ts";
import type { Definition, Schema } from "./definition.ts";
import { files } from "./files.ts";
import { jobs } from "./jobs.ts";
import { resources } from "./resources.ts";
import { steps } from "./steps.ts";
import { triggers } from "./triggers.ts";

const schema: Schema = { ...common, ...triggers, ...resources, ...steps, ...jobs, ...files };

export function definitionOf(name: string): Schema[string] {
  const found = schema[name];
  if (!found) throw new Error(`The schema has no ${name}.`);
  return found;
}

/** A definition and, where it is a choice, what it is a choice of. */
export function alternativesOf(name: string): readonly Definition[] {
  const found = definitionOf(name);
  return found.kind === "one" ? found.of.flatMap(alternativesOf) : [found];
}
