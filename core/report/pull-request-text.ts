// Title and description of a manifests pull request: the verdict first, within the service's limit.
import type { Risk } from "../diff/risk.ts";
import { isOfKind } from "../diff/risk-kinds.ts";
import type { Identity } from "../manifests/identity.ts";
import type { ChangeSummary, ImageVersions } from "./change-summary.ts";
import { fillTitle } from "./title-template.ts";
import { objectName } from "../manifests/object-name.ts";
import { countedChange, namedChange } from "./change-text.ts";

export type PullRequestFacts = {
  readonly delivery: string;
  readonly environment: string;
  readonly change: ChangeSummary;
  /** Found in the objects themselves, gravest first. */
  readonly risks: readonly Risk[];
  /** What could not be read or compared: the verdict is not about all of it. */
  readonly notCompared?: readonly string[];
  /** Code commits that the target holds and this render lacks, as `1a2b3c4d subject`. */
  readonly lost?: readonly string[];
  /** What the environment's freeze says; for a while nothing of it is deployed by itself. */
  readonly freeze?: string;
  readonly isFrozen?: boolean;
  /** Of fluxgate.yaml or the task's input. */
  readonly titleTemplate?: string;
  /** Kinds of risks that make it a draft. */
  readonly draftOnRisk: readonly string[];
  /** `Rendered with helm 4.2.3, checked for Kubernetes 1.36`. */
  readonly rendering: string;
  readonly run: { readonly name: string; readonly url: string };
  readonly source: { readonly repository: string; readonly commit: string };
  /** Web address of the environment in the hub. */
  readonly hubUrl: string;
  /** What the render wants said, such as images that nothing uses. */
  readonly warnings: readonly string[];
  /** The attached file with every object's diff, once there is one. */
  readonly changesFile?: { readonly name: string; readonly url: string };
};

const longestDescription = 4000;
const longestTitle = 200;
const defaultTitle = "Deploy ${delivery} to ${environment}: ${change} (${run})";

export function pullRequestTitle(facts: PullRequestFacts): string {
  const { delivery, environment, change, run, source, titleTemplate = defaultTitle } = facts;
  const commit = source.commit.slice(0, 8);
  const title = (what: string) =>
    fillTitle(titleTemplate, { delivery, environment, run: run.name, change: what, commit });
  const named = title(namedChange(change));
  return (named.length <= longestTitle ? named : title(countedChange(change))).slice(
    0,
    longestTitle,
  );
}

/** Why it is opened as a draft, as Markdown; empty when it is not. */
export function draftReasons({
  change,
  risks,
  lost = [],
  draftOnRisk,
}: Pick<PullRequestFacts, "change" | "risks" | "lost" | "draftOnRisk">): readonly string[] {
  const removal = { rule: "removal", severity: "high" } as const;
  const regresses = { rule: "regresses", severity: "high" } as const;
  return [
    ...(isOfKind(regresses, draftOnRisk) ? lostText(lost) : []),
    ...(isOfKind(removal, draftOnRisk) ? change.removedApps.map(removedAppText) : []),
    ...risks.filter((risk) => isOfKind(risk, draftOnRisk)).map(riskText),
  ];
}

/** Markdown of at most 4,000 characters; long lists say how much was left out. */
export function pullRequestDescription(facts: PullRequestFacts): string {
  for (const most of [40, 20, 10, 5, 2, 0]) {
    const text = description(facts, most);
    if (text.length <= longestDescription) return text;
  }
  return description({ ...facts, warnings: [] }, 0).slice(0, longestDescription);
}

function description(facts: PullRequestFacts, most: number): string {
  const {
    delivery,
    environment,
    change,
    run,
    source,
    warnings,
    changesFile,
    notCompared = [],
  } = facts;
  const attention = [
    ...lostText(facts.lost ?? []),
    ...change.removedApps.map(removedAppText),
    ...facts.risks.map(riskText),
    ...warnings.map((text) => plain(text)),
  ];
  return [
    `**${delivery} → ${environment}:** ${countedChange(change)}.`,
    incompleteText(notCompared.length),
    freezeLine(facts),
    draftText(draftReasons(facts).length),
    imageTable(change.images, most),
    section("Not compared", notCompared.map(plain), most),
    section("Look twice at", attention, most),
    section("Added", change.added.map(objectText), most),
    section("Removed", change.removed.map(objectText), most),
    section("Removed from git only: stays in the cluster", change.left.map(objectText), most),
    section("Changed", change.changed.map(objectText), most),
    "The **Review** tab shows what would really change in the cluster" +
      (changesFile === undefined
        ? ". "
        : `; so does the file [${plain(changesFile.name)}](${changesFile.url}), object by object. `) +
      `[What runs where](${facts.hubUrl}) · [run ${plain(run.name)}](${run.url}) · ` +
      `source ${code(`${source.repository}@${source.commit.slice(0, 12)}`)}`,
    `${plain(facts.rendering)}.`,
    "A newer run opens a pull request of its own and abandons this one; this one never changes.",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function incompleteText(problems: number): string {
  if (problems === 0) return "";
  const things = problems === 1 ? "one thing" : `${problems} things`;
  return `**Not everything was compared:** ${things} could not be read, built or compared.`;
}

// It says how it was then: a freeze ends, and this text stays.
function freezeLine({ freeze, isFrozen, environment }: PullRequestFacts): string {
  if (freeze === undefined) return "";
  const by = `The status ${code(`freeze/${environment}`)} says how it is now.`;
  const held = isFrozen ? " It does not complete by itself." : "";
  return `**When this was opened:** ${plain(freeze)}.${held} ${by}`;
}

function draftText(reasons: number): string {
  if (reasons === 0) return "";
  const risks = reasons === 1 ? "a risk" : `${reasons} risks`;
  return `**Opened as a draft** because of ${risks}: somebody has to publish it before it can be approved and completed.`;
}

// One line whatever their number: the list of a long-lived branch would fill the description.
function lostText(lost: readonly string[]): readonly string[] {
  if (lost.length === 0) return [];
  const shown = lost.slice(0, 5).map((commit) => code(commit));
  const more = lost.length > shown.length ? ` and ${lost.length - shown.length} more` : "";
  return [
    `REGRESSES: the code that runs there has ${lost.length === 1 ? "a commit" : "commits"} that this run lacks: ${shown.join(", ")}${more}`,
  ];
}

function removedAppText(app: string): string {
  return `app ${code(app)} leaves the environment as a whole`;
}

function riskText({ identity, text }: Risk): string {
  return `${objectText(identity)}: ${plain(text)}`;
}

function imageTable(images: readonly ImageVersions[], most: number): string {
  if (images.length === 0) return "";
  const rows = images
    .slice(0, most)
    .map(({ name, from, to }) => `| ${code(name)} | ${code(from ?? "–")} | ${code(to ?? "–")} |`);
  const left = images.length - rows.length;
  const more = left > 0 ? [`| … and ${left} more | | |`] : [];
  return ["| image | from | to |", "| --- | --- | --- |", ...rows, ...more].join("\n");
}

function section(title: string, lines: readonly string[], most: number): string {
  if (lines.length === 0) return "";
  const shown = lines.slice(0, most).map((line) => `- ${line}`);
  const left = lines.length - shown.length;
  return [`**${title}**`, ...shown, ...(left > 0 ? [`- … and ${left} more`] : [])].join("\n");
}

function objectText(identity: Identity): string {
  return code(objectName(identity));
}

// Names come from manifests: in code spans nothing is a mention, a link or HTML.
function code(text: string): string {
  return `\`${text.replaceAll(/[`|\r\n]/g, " ").slice(0, 200)}\``;
}

function plain(text: string): string {
  return text.replaceAll(/[<>@#![\]()|`*_\\\r\n]/g, " ").slice(0, 200);
}
