import { markdownCode, markdownText } from "../report/markdown.ts";

// The service takes no more.
const longest = 4000;

/** Markdown: what a whole folder's way back does, and what stands against it. */
export function folderDescription(of: {
  readonly path: string;
  readonly to: string;
  readonly reason: string;
  /** How many of them change. */
  readonly files: number;
  readonly holds: readonly string[];
  readonly warnings: readonly string[];
}): string {
  const { path, to, reason, files, holds, warnings } = of;
  const amount = files === 1 ? "1 file" : `${files} files`;
  const where = path === "" ? "the repository" : markdownCode(path);
  return [
    `Sets ${amount} of ${where} to what they were at ${to}, those of all deliveries and of nobody.`,
    markdownText(reason),
    ...warnings.map((warning) => `**Look twice at:** ${markdownText(warning)}`),
    holds.length === 0
      ? "**Nothing is held:** the next run of a delivery deploys again what this takes back."
      : `Held at it until a pull request deletes the file: ${holds.map(markdownCode).join(", ")}.`,
  ]
    .join("\n\n")
    .slice(0, longest);
}
