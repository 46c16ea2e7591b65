import { markdownCode, markdownText } from "./markdown.ts";
import type { RenderedEnvironment, RenderedImage, RenderResult } from "./render-result.ts";

export type HowRendered = {
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly explanations: readonly string[];
  readonly isolation: string | undefined;
};

/** Markdown for the run's page: per environment what was rendered, images, warnings; then how. */
export function renderSummary(result: RenderResult, how: HowRendered): string {
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
  return `${[`## Rendered ${markdownText(result.delivery)}`, ...sections, ...howRendered(how)].join("\n\n").trimEnd()}\n`;
}

function howRendered({ toolVersions, explanations, isolation }: HowRendered): readonly string[] {
  const tools = Object.entries(toolVersions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    ...(tools.length > 0 ? [`- tools: ${markdownText(tools.join(", "))}`] : []),
    ...(isolation === undefined ? [] : [`- isolation: ${markdownText(isolation)}`]),
    ...explanations.map((each) => `- ${markdownText(each)}`),
  ];
  return lines.length === 0 ? [] : [lines.join("\n")];
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
