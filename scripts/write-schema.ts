// Writes the published schemas in docs/spec from those of the product.
import { writeFileSync } from "node:fs";
import { deliverySchema } from "../core/delivery/delivery-schema.ts";
import { freezeSchema } from "../core/freeze/freeze-schema.ts";
import { diffSchema } from "../core/report/diff-schema.ts";
import { imageListSchema } from "../core/render/image-list-schema.ts";

/** File → text. */
export const publishedSchemas: Readonly<Record<string, string>> = {
  "docs/spec/fluxgate.schema.json": textOf(deliverySchema),
  "docs/spec/diff.schema.json": textOf(diffSchema),
  "docs/spec/freeze.schema.json": textOf(freezeSchema),
  "docs/spec/image-tags.schema.json": textOf(imageListSchema),
};

function textOf(schema: unknown): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

if (process.argv[1]?.endsWith("write-schema.ts")) {
  for (const [file, text] of Object.entries(publishedSchemas)) writeFileSync(file, text);
}
