import { list, map, one, text, words, type Schema } from "./definition.ts";

/** Kinds of values that the other definitions share (the vendor's published YAML schema). */
export const common: Schema = {
  any: { kind: "any" },
  "any with expressions": { kind: "any", expressions: true },
  text,
  "text with expressions": { ...text, expressions: true },
  filled: { kind: "text", nonEmpty: true },
  name: { kind: "text", form: /^[-_A-Za-z0-9]*$/ },
  // The published schema has no points here; pipelines in use have (`DartLab.OptProf`).
  alias: { kind: "text", form: /^[-_.A-Za-z0-9]*$/ },
  flag: { kind: "text", form: /^(?:true|false|y|n|yes|no|on|off)$/i },
  texts: list("text"),
  "texts with expressions": { ...list("text"), expressions: true },
  "filled texts": list("filled"),
  "text or texts": one("text", "texts"),
  "text or filled texts": one("text", "filled texts"),
  "text map": map({}, { others: "text" }),
  "text map or nothing": one("nothing", "text map"),
  nothing: words(""),
  mapping: map({}, { others: "any" }),
  none: words("none"),
  "none in any case": { kind: "text", form: /^none$/i },
  "none or true": words("none", "true"),
  pool: { ...one("text", "pool map"), expressions: true },
  "pool map": map(
    { name: "filled", demands: "text or filled texts", vmImage: "filled" },
    { others: "any" },
  ),
  workspace: { ...map({ clean: "text" }), expressions: true },
  container: { ...one("text", "container alias", "container map"), expressions: true },
  services: { ...map({}, { others: "any" }), expressions: true },
  "container alias": map({ alias: "text" }),
  "container map": map(
    {
      ...{ endpoint: "text", env: "text map", image: "text", mapDockerSocket: "flag" },
      ...{ options: "text", ports: "texts", volumes: "texts", mountReadOnly: "read-only mounts" },
    },
    { others: "any" },
  ),
  "read-only mounts": map({ work: "flag", externals: "flag", tools: "flag", tasks: "flag" }),
};
