/** The JSON Schema of image-tags.json, published as docs/spec/image-tags.schema.json for other CIs. */
export const imageListSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Fluxgate image list (image-tags.json)",
  type: "object",
  required: ["apiVersion", "kind", "images"],
  properties: {
    apiVersion: { const: "fluxgate.dev/v1" },
    kind: { const: "ImageTags" },
    salt: { type: "string", description: "Part of every tag since a rebuild was asked for." },
    images: {
      type: "array",
      items: {
        type: "object",
        required: ["name"],
        anyOf: [{ required: ["tag"] }, { required: ["digest"] }],
        properties: {
          name: {
            type: "string",
            pattern: "^[^\\s@]+$",
            description: "Registry and repository as they stand in manifests, no tag. Each once.",
          },
          tag: { type: "string", pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$" },
          digest: { type: "string", pattern: "^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$" },
          built: { type: "boolean", description: "Whether the run that wrote this builds it." },
          reason: { type: "string", description: "Why, or why not; for people." },
          earlier: {
            type: "array",
            maxItems: 50,
            description: "Tags that stood in the registry before, newest first.",
            items: {
              type: "object",
              required: ["tag"],
              properties: { tag: { type: "string" }, digest: { type: "string" } },
            },
          },
        },
      },
    },
  },
} as const;
