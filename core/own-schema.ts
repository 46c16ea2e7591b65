/**
 * How Ajv compiles a schema that is a constant of ours, for one use in a process: to check it by its
 * meta-schema, and to improve code that runs once, would take three times as long as all of it.
 */
export const ownSchema = {
  ...{ allErrors: true, strict: false, verbose: true },
  ...{ meta: false, validateSchema: false, code: { optimize: false } },
} as const;
