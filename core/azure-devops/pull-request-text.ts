// Title and description of a manifests pull request: the verdict first, within the service's limit.
import type { Risk } from "../diff/risk.ts";
import type { Identity } from "../manifests/identity.ts";
import type { ChangeSummary, ImageChange } from "./change-summary.ts";

export type PullRequestFacts = {
  readonly delivery: string;
  readonly environment: string;
  readonly change: ChangeSummary;
  /** Found in the objects themselves, gravest first. */
  readonly risks: readonly Risk[];
  /** `Rendered with helm 4.2.3, checked for Kubernetes 1.36`. */
  readonly rendering: string;
  readonly run: { readonly name: string; readonly url: string };
  readonly source: { readonly repository: string; readonly commit: string };
  /** Web address of the environment in the hub. */
  readonly hubUrl: string;
  /** What the render wants said, such as images that nothing uses. */
  readonly warnings: readonly string[];
};

const longestDescription = 4000;
const longestTitle = 200;

export function pullRequestTitle({ delivery, environment, change, run }: PullRequestFacts): string {
  const [image] = change.images;
  const what =
    change.images.length === 1 && image?.to !== undefined
      ? `${image.name.split("/").at(-1)} ${image.to}`
      : change.images.length > 1
        ? `${change.images.length} images`
        : counts(change);
  return `Deploy ${delivery} to ${environment}: ${what} (${run.name})`.slice(0, longestTitle);
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
  const { delivery, environment, change, run, source, warnings } = facts;
  const attention = [...lookTwice(facts), ...warnings.map((text) => plain(text))];
  return [
    `**${delivery} → ${environment}:** ${counts(change)}.`,
    imageTable(change.images, most),
    section("Look twice at", attention, most),
    section("Added", change.added.map(objectText), most),
    section("Removed", change.removed.map(objectText), most),
    section("Changed", change.changed.map(objectText), most),
    "The **Review** tab shows what would really change in the cluster. " +
      `[What runs where](${facts.hubUrl}) · [run ${plain(run.name)}](${run.url}) · ` +
      `source ${code(`${source.repository}@${source.commit.slice(0, 12)}`)}`,
    `${plain(facts.rendering)}.`,
    "A newer run opens a pull request of its own and abandons this one; this one never changes.",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function counts({ added, changed, removed, images }: ChangeSummary): string {
  const parts = [
    ...(images.length > 0 ? [plural(images.length, "image")] : []),
    ...(added.length > 0 ? [`${plural(added.length, "object")} added`] : []),
    ...(changed.length > 0 ? [`${plural(changed.length, "object")} changed`] : []),
    ...(removed.length > 0 ? [`${plural(removed.length, "object")} removed`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "no object changed";
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function lookTwice({ change, risks }: PullRequestFacts): readonly string[] {
  return [
    ...change.removedApps.map((app) => `app ${code(app)} leaves the environment as a whole`),
    ...risks.map(({ identity, text }) => `${objectText(identity)}: ${plain(text)}`),
  ];
}

function imageTable(images: readonly ImageChange[], most: number): string {
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

function objectText({ kind, namespace, name }: Identity): string {
  return code(`${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`);
}

// Names come from manifests: in code spans nothing is a mention, a link or HTML.
function code(text: string): string {
  return `\`${text.replaceAll(/[`|\r\n]/g, " ").slice(0, 200)}\``;
}

function plain(text: string): string {
  return text.replaceAll(/[<>@#![\]()|`*_\\\r\n]/g, " ").slice(0, 200);
}
