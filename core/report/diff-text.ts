import type { Identity } from "../manifests/identity.ts";
import { appliedBy } from "../diff/applied-by.ts";
import { objectsByChange } from "./change-summary.ts";
import { countedChange } from "./change-text.ts";
import { objectDiffLines } from "./changes-file.ts";
import { markdownCode, markdownText } from "./markdown.ts";
import { placedText } from "../diff/tree/placed-problems.ts";
import { countedNoise } from "../diff/noise.ts";
import type { Keeper, ObjectChange } from "../diff/object-change.ts";
import { objectName } from "../manifests/object-name.ts";
import { serverGap, serverSentence, type ServerWord } from "../diff/server/server-word.ts";
import type { TreesComparison } from "../diff/tree/compare-trees.ts";

type Compared = Omit<TreesComparison, "wanted"> & { readonly server?: ServerWord };

/** What a comparison comes to, in one sentence: first whether it is all of it. */
export function verdictText(compared: Compared): string {
  const { complete, objects, images, problems } = compared;
  const counted = countedChange({
    ...objectsByChange(objects),
    configured: [],
    images,
    removedApps: [],
  });
  return `${notAll(complete, problems.length)}${counted}; ${riskCount(compared)}`;
}

function notAll(complete: boolean, problems: number): string {
  return complete ? "" : `NOT EVERYTHING WAS COMPARED (${problems}, see below): `;
}

function riskCount({ complete, risks, server }: Compared): string {
  const gap = server && serverGap(server);
  if (risks.length === 0) {
    const none = complete ? "no known risk" : "no risk in what was compared";
    return gap === undefined ? none : `${none}, but ${gap}`;
  }
  const high = risks.filter(({ severity }) => severity === "high").length;
  const parts = [
    ...(high > 0 ? [`${high} high`] : []),
    ...(risks.length > high ? [`${risks.length - high} medium`] : []),
  ];
  const rest = gap === undefined ? "" : `, and ${gap}`;
  return `${parts.join(", ")} risk${risks.length === 1 ? "" : "s"}${rest}`;
}

/** For a terminal: verdict, what was not compared, risks, then every object. */
export function diffText(compared: Compared): readonly string[] {
  const { problems, risks, objects, others } = compared;
  const places = appliedBy(objects);
  return [
    verdictText(compared),
    ...titled("Not compared", problems.map(placedText)),
    ...titled(
      "Look twice at",
      risks.map((risk) => riskLine(risk, places)),
    ),
    ...serverLines(compared).flatMap((line) => ["", line.replaceAll("\n", "\\n")]),
    ...objects.flatMap((change) => [
      "",
      headOf(change, places).replaceAll("\n", "\\n"),
      ...objectDiffLines(change),
    ]),
    ...titled("Other changed files, which Flux does not apply", others),
    ...titled("Minor", minorCounts(objects)),
  ];
}

/** As Markdown, for a comment or a page. */
export function diffMarkdown(compared: Compared): readonly string[] {
  const { problems, risks, objects } = compared;
  const places = appliedBy(objects);
  return [
    `**${markdownText(verdictText(compared))}**`,
    ...listed("Not compared", problems.map(placedText)),
    ...listed(
      "Look twice at",
      risks.map((risk) => riskLine(risk, places)),
    ),
    ...serverLines(compared).flatMap((line) => ["", markdownText(line)]),
    ...objects.flatMap((change) => [
      "",
      `### ${signs[change.change]} ${markdownCode(objectName(change.identity))}${markdownText(placed(change.identity, places))}${change.kept === undefined ? "" : `: ${keptText(change.kept)}`}`,
      "",
      "````diff",
      ...objectDiffLines(change).map((line) => line.replaceAll("````", "` ` ` `")),
      "````",
    ]),
    ...listed("Minor", minorCounts(objects)),
  ];
}

function serverLines({ server }: Compared): readonly string[] {
  const sentence = server && serverSentence(server);
  return sentence === undefined ? [] : [sentence];
}

const keepers = { object: "Flux", kustomization: "Flux", helm: "Helm" } as const;

function keptText(kept: Keeper): string {
  return `stays in the cluster, ${keepers[kept]} does not delete it`;
}

const signs = { added: "+", changed: "~", removed: "-" } as const;

type Places = ReturnType<typeof appliedBy>;

function placed(identity: Identity, places: Places): string {
  const place = places.get(identity);
  return place === undefined ? "" : ` (${place})`;
}

function headOf(change: ObjectChange, places: Places): string {
  const { identity, file, renamedFrom, kept, unknownBefore, madeBy } = change;
  const notes = [
    madeBy === undefined ? file : `by ${madeBy}`,
    ...[places.get(identity) ?? []].flat(),
    ...(renamedFrom === undefined ? [] : [`before ${renamedFrom}`]),
    ...(kept === undefined ? [] : [keptText(kept)]),
    ...(unknownBefore ? ["what it was before could not be read"] : []),
  ];
  return `${signs[change.change]} ${objectName(identity)} (${notes.join(", ")})`;
}

function riskLine({ severity, identity, text }: Compared["risks"][number], places: Places): string {
  return `${severity}: ${objectName(identity)} ${text}${placed(identity, places)}`;
}

function minorCounts(objects: readonly ObjectChange[]): readonly string[] {
  const classes = objects.flatMap(({ edits }) => edits.flatMap(({ noise }) => noise ?? []));
  return [...new Set(classes)].map((noise) =>
    countedNoise(noise, classes.filter((one) => one === noise).length),
  );
}

// A line break in a name or a path begins no line that looks like one of ours.
function titled(title: string, lines: readonly string[]): readonly string[] {
  const inside = lines.map((line) => `  ${line.replaceAll("\n", "\n      ")}`);
  return lines.length === 0 ? [] : ["", `${title}:`, ...inside];
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ["", `**${title}**`, "", ...lines.map((line) => `- ${markdownText(line)}`)];
}
