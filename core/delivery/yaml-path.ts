import type { Problem } from "../errors.ts";

/** Keys and list positions from the root. */
export type YamlPath = readonly (string | number)[];

/** Where a path stands in the text, or the longest part of it that does. */
export type LineOf = (path: YamlPath) => Pick<Problem, "line" | "column">;
