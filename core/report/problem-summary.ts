import type { Problem } from "../errors.ts";
import { markdownCode, markdownText } from "./markdown.ts";

const maxShown = 200;

/** Markdown for the run's page: every problem with its place. */
export function problemSummary(task: string, problems: readonly Problem[]): string {
  const lines = problems.slice(0, maxShown).map(({ file, line, message }) => {
    const place = [file, line].filter((part) => part !== undefined).join(":");
    return `- ${place === "" ? "" : `${markdownCode(place)} `}${markdownText(message)}`;
  });
  const more = problems.length - lines.length;
  const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  return [
    `## ${markdownText(task)}: ${count}`,
    "",
    ...lines,
    ...(more > 0 ? [`- and ${more} more: see the log`] : []),
    "",
  ].join("\n");
}

/** Markdown for the run's page where a task failed for one reason: superseded, say. */
export function failureSummary(task: string, message: string): string {
  return `## ${markdownText(task)} failed\n\n${markdownText(message)}\n`;
}
