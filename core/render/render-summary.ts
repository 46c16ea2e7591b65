import { markdownCode, markdownText } from "./markdown.ts";
import type { RenderedEnvironment, RenderedImage, RenderResult } from "./render-result.ts";

/** Markdown for the run's page: per environment what was rendered, images and warnings. */
export function renderSummary(result: RenderResult): string {
  const sections = result.environments.map((environment) =>
    [
      `### ${markdownText(environment.name)}`,
      "",
      `${counted(environment)} in ${markdownCode(environment.path)}.`,
      "",
      ...imageTable(environment.images),
      ...environment.warnings.map((warning) => `- warning: ${markdownText(warning)}`),
    ].join("\n"),
  );
  return `${[`## Rendered ${markdownText(result.delivery)}`, ...sections].join("\n\n").trimEnd()}\n`;
}

function counted({ objects }: RenderedEnvironment): string {
  const kinds = new Map<string, number>();
  for (const { identity } of objects) kinds.set(identity.kind, (kinds.get(identity.kind) ?? 0) + 1);
  const listed = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${markdownText(kind)}`);
  const total = `${objects.length} ${objects.length === 1 ? "object" : "objects"}`;
  return listed.length === 0 ? total : `${total} (${listed.join(", ")})`;
}

function imageTable(images: readonly RenderedImage[]): readonly string[] {
  if (images.length === 0) return [];
  const rows = images.map(({ name, tag, digest, uses }) => {
    const short = digest?.slice(0, "sha256:".length + 12);
    const version = [tag, short].filter((part) => part !== undefined).map(markdownCode);
    return `| ${markdownCode(name)} | ${version.join(" ") || "as in the template"} | ${uses} |`;
  });
  return ["| Image | Version | Uses |", "| --- | --- | --- |", ...rows, ""];
}
