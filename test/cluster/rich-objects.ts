import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("rich-objects/", import.meta.url);

/** Objects of built-in kinds with many fields set: the texts of them by file, one file a kind. */
export const richObjects: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file,
    readFileSync(new URL(file, folder), "utf8").split(/^---$/m),
  ]),
);
