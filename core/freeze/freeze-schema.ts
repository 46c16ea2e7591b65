import { freezeApiVersion, freezeKind, freezeTimePattern } from "./freeze.ts";

const text = (description: string, maxLength: number) => ({
  ...{ type: "string", minLength: 1, maxLength, pattern: "\\S", description },
});
const time = (description: string) => ({ type: "string", pattern: freezeTimePattern, description });

/** Of `<environment path>/.fluxgate/freeze.json`; as strict as the parser. */
export const freezeSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "A time in which an environment is not deployed to",
  type: "object",
  required: ["apiVersion", "kind", "environment", "from", "reason"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    apiVersion: { const: freezeApiVersion },
    kind: { const: freezeKind },
    environment: text("Name of the environment in whose folder the file stands.", 50),
    from: time("When it begins, with its offset: 2026-12-20T18:00:00+01:00."),
    to: time("When it ends, with its offset; left out: until the file is changed."),
    reason: text("Shown on every pull request that is held back.", 500),
    exempt: text("A team of the project: its members may break the glass.", 250),
  },
} as const;
