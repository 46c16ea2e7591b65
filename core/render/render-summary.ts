import { objectName } from "../manifests/object-name.ts";
import type { Comparison } from "../diff/compare-manifests.ts";
import type { ObjectChange } from "../diff/object-change.ts";
import { problemText } from "../errors.ts";
import type { Identity } from "../manifests/identity.ts";
import { markdownCode, markdownText } from "../report/markdown.ts";
import { validationText } from "./render-result.ts";
import type { RenderedEnvironment, RenderedImage, RenderResult } from "./render-result.ts";

export type HowRendered = {
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly explanations: readonly string[];
  readonly isolation: string | undefined;
  /** Of environments whose folder held an earlier render. */
  readonly changes: ReadonlyMap<string, Comparison>;
};

const most = 20;

/**
 * Markdown for the run's page: per environment what was rendered and checked, images, what changes,
 * what to look at twice; then how.
 */
export function renderSummary(result: RenderResult, how: HowRendered): string {
  const sections = result.environments.map((environment) =>
    [
      `### ${markdownText(environment.name)}`,
      "",
      `${counted(environment)} in ${markdownCode(environment.path)}. ${validated(environment)}`,
      "",
      ...imageTable(environment.images),
      ...changed(how.changes.get(environment.name)),
      ...environment.warnings.map((warning) => `- warning: ${markdownText(warning)}`),
    ].join("\n"),
  );
  return `${[`## Rendered ${markdownText(result.delivery)}`, ...sections, ...howRendered(how)].join("\n\n").trimEnd()}\n`;
}

function validated({ validation }: RenderedEnvironment): string {
  return `${markdownText(validationText(validation))}.`;
}

function changed(diff: Comparison | undefined): readonly string[] {
  if (diff === undefined) return [];
  const of = (change: ObjectChange["change"]) =>
    diff.objects.filter((each) => each.change === change).map(({ identity }) => named(identity));
  const list = (title: string, lines: readonly string[]) => {
    const left = lines.length - most;
    const more = left > 0 ? [`- … and ${left} more`] : [];
    const shown = lines.slice(0, most).map((line) => `- ${line}`);
    return lines.length === 0 ? [] : [`**${title}**`, ...shown, ...more, ""];
  };
  const risks = diff.risks.map(({ identity, text }) => `${named(identity)}: ${markdownText(text)}`);
  const [added, changes, removed] = [of("added"), of("changed"), of("removed")];
  return [
    `${added.length} added, ${changes.length} changed, ${removed.length} removed.`,
    "",
    ...list("Not compared", diff.problems.map(problemText).map(markdownText)),
    ...list("Look twice at", risks),
    ...list("Added", added),
    ...list("Changed", changes),
    ...list("Removed", removed),
  ];
}

function named(identity: Identity): string {
  return markdownCode(objectName(identity));
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
