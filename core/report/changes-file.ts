// The file with every object's diff that is attached to a manifests pull request: its description
// has room for a verdict only.
import type { ManifestsDiff } from "../diff/diff-manifests.ts";
import { editView, objectLines } from "../diff/edit-view.ts";
import type { DiffLine } from "../diff/line-diff.ts";
import { noiseNames } from "../diff/noise.ts";
import type { ClassifiedEdit, ObjectChange } from "../diff/object-change.ts";
import { harmless } from "../harmless.ts";
import { markdownCode, markdownText } from "./markdown.ts";
import { objectName } from "../manifests/object-name.ts";

export type ChangesFileFacts = {
  readonly delivery: string;
  readonly environment: string;
  /** `2 images, 1 object added`. */
  readonly counted: string;
  readonly run: { readonly name: string; readonly url: string };
  readonly diff: ManifestsDiff;
};

/** Unique in its pull request, of a type that pull requests take. */
export function changesFileName(environment: string): string {
  return `changes-${environment}.md`;
}

// Far below what browsers and editors open; the service's own limit is not published.
const longest = 1_000_000;

/** Markdown. Values of secrets are masked, as everywhere; what does not fit is named. */
export function changesFile(facts: ChangesFileFacts): string {
  const { delivery, environment, counted, run, diff } = facts;
  const parts = [
    `# ${delivery} → ${environment}`,
    `What the pull request of [run ${markdownText(run.name)}](${run.url}) would change: ${counted}. Values of secrets are shown by their length.`,
    ...diff.problems.map(({ message }) => `- could not be compared: ${markdownText(message)}`),
  ];
  const left: ObjectChange[] = [];
  let length = parts.join("\n\n").length;
  for (const change of diff.objects) {
    const text = section(change);
    if (length + text.length > longest) {
      left.push(change);
      continue;
    }
    length += text.length;
    parts.push(text);
  }
  if (left.length > 0) parts.push(leftOut(left));
  return `${harmless(parts.join("\n\n"))}\n`;
}

function section(change: ObjectChange): string {
  const { identity, renamedFrom, file } = change;
  const before = renamedFrom === undefined ? "" : `, before ${markdownCode(renamedFrom)}`;
  const title = `## ${wordOf(change)}: ${markdownCode(objectName(identity))}`;
  return `${title}\n\n${markdownCode(file)}${before}\n\n${fenced(objectDiffLines(change))}`;
}

function wordOf({ change, kept }: ObjectChange): string {
  return kept === undefined ? words[change] : "Removed from git only, stays in the cluster";
}

const words = { added: "Added", changed: "Changed", removed: "Removed" } as const;

/** What changes in an object, a line each with its sign, as a diff shows it. */
export function objectDiffLines(change: ObjectChange): readonly string[] {
  switch (change.change) {
    case "added":
      return signed(objectLines(change.after, "+"));
    case "removed":
      return signed(objectLines(change.before, "-"));
    case "changed":
      return change.edits.flatMap(editLines);
  }
}

function editLines(edit: ClassifiedEdit): readonly string[] {
  const { path, noise, body } = editView(edit);
  const note = noise === undefined ? "" : ` (${noiseNames[noise]})`;
  const head = `@@ ${path} @@${note}`;
  if (body.form === "lines") {
    return [`${head}${body.note === undefined ? "" : ` (${body.note})`}`, ...signed(body.lines)];
  }
  const { before, after } = body;
  return [
    head,
    ...(before === undefined ? [] : [`-${before}`]),
    ...(after === undefined ? [] : [`+${after}`]),
  ];
}

function signed(lines: readonly DiffLine[]): readonly string[] {
  return lines.map(({ sign, text }) => `${sign}${text}`);
}

// Longer than any run of backticks inside, so that no value can end it.
function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  let length = 3;
  for (const [run] of text.matchAll(/`+/g)) length = Math.max(length, run.length + 1);
  const fence = "`".repeat(length);
  return `${fence}diff\n${text}\n${fence}`;
}

function leftOut(objects: readonly ObjectChange[]): string {
  const most = 1000;
  const names = objects
    .slice(0, most)
    .map(({ change, identity }) => `- ${change}: ${markdownCode(objectName(identity))}`);
  const more = objects.length > most ? [`- … and ${objects.length - most} more`] : [];
  return ["## Too large for this file, see the Review tab", [...names, ...more].join("\n")].join(
    "\n\n",
  );
}
