// Writes docs/spec/fluxgate.schema.json from the schema that the product checks with.
import { writeFileSync } from "node:fs";
import { deliverySchema } from "../core/delivery/delivery-schema.ts";

export const publishedSchema = "docs/spec/fluxgate.schema.json";

/** The text of the published file. */
export function schemaText(): string {
  return `${JSON.stringify(deliverySchema, undefined, 2)}\n`;
}

if (process.argv[1]?.endsWith("write-schema.ts")) writeFileSync(publishedSchema, schemaText());
