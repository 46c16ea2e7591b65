import { stringify } from "yaml";
import type { DeliveryFile } from "../delivery/delivery-file.ts";

const schemaAddress =
  "https://raw.githubusercontent.com/fluxgate/fluxgate/main/docs/spec/fluxgate.schema.json";

/** fluxgate.yaml as a person would write it: what is guessed is said at its place. */
export function deliveryText(delivery: DeliveryFile, notes: readonly string[]): string {
  const lines = notes.map((note) => `# - ${note.replaceAll(/\s+/g, " ")}`);
  const head = [
    `# yaml-language-server: $schema=${schemaAddress}`,
    "# Guessed by fluxgate init from the files of this repository; every line may be changed.",
    ...(lines.length > 0 ? ["# To look at:", ...lines] : []),
  ];
  return `${head.join("\n")}\n${stringify(delivery, { lineWidth: 100, aliasDuplicateObjects: false })}`;
}
