// What a pull request of the code repository would change in an environment: as a file between the
// jobs, as a section of one comment, as the line of a status.
import type { Comparison } from "../diff/compare-manifests.ts";
import type { ServerWord } from "../diff/server/server-word.ts";
import { problemText } from "../errors.ts";
import { harmless } from "../harmless.ts";
import { isRecord } from "../manifests/parse.ts";
import { diffMarkdown, verdictText } from "./diff-text.ts";
import { markdownText } from "./markdown.ts";

/** `<environment>.json`: one environment. */
export type Preview = {
  readonly kind: "Preview";
  readonly delivery: string;
  readonly environment: string;
  /** One sentence. */
  readonly verdict: string;
  /** Whether all of the change was compared. */
  readonly complete: boolean;
  /** Whether the merge does not render. */
  readonly failed: boolean;
  readonly markdown: readonly string[];
};

type Of = { readonly delivery: string; readonly environment: string };

/** `notes` say what the comparison is not about: a new environment, a target that does not render. */
export function previewOf(
  of: Of,
  compared: Comparison & { readonly server?: ServerWord },
  notes: readonly { readonly text: string; readonly isGap: boolean }[],
): Preview {
  const complete = compared.complete && !notes.some(({ isGap }) => isGap);
  const gaps = notes.filter(({ isGap }) => isGap).map(({ text }) => ({ message: text }));
  const whole = {
    ...{ ...compared, complete, others: [], unbuilt: [] },
    problems: [...gaps, ...compared.problems],
  };
  const said = notes.filter(({ isGap }) => !isGap).map(({ text }) => markdownText(text));
  return {
    ...{ kind: "Preview", ...of, complete, failed: false },
    verdict: verdictText(whole),
    markdown: [...said, ...diffMarkdown(whole)],
  };
}

/** The merge does not render, so that nothing could be compared. */
export function failedPreview(
  of: Of,
  problems: readonly Parameters<typeof problemText>[0][],
): Preview {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.slice(0, 50).map((one) => `- ${markdownText(problemText(one))}`);
  return {
    ...{ kind: "Preview", ...of, complete: false, failed: true },
    verdict: `does not render: ${count}`,
    markdown: [`**It does not render: ${count}**`, "", ...lines],
  };
}

/** Its job came to no end. */
export function notCompared(of: Of): Preview {
  const text = "not compared: its job has written nothing, see the run";
  return {
    ...{ kind: "Preview", ...of, complete: false, failed: true },
    verdict: text,
    markdown: [`**${text}**`],
  };
}

/** @returns undefined for anything else; what it holds was written by a job of a stranger's code. */
export function parsePreview(text: string): Preview | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value["kind"] !== "Preview") return undefined;
    const { delivery, environment, verdict, complete, failed, markdown } = value;
    const isName = (one: unknown) => typeof one === "string" && /^[a-z0-9-]{1,50}$/.test(one);
    if (!isName(delivery) || !isName(environment) || typeof verdict !== "string") return undefined;
    if (!Array.isArray(markdown) || !markdown.every((line) => typeof line === "string")) {
      return undefined;
    }
    const flags = { complete: complete === true, failed: failed === true };
    return { ...(value as Preview), verdict: verdict.slice(0, 500), ...flags };
  } catch {
    return undefined;
  }
}

// The service takes 150,000 characters in a comment; nobody reads as many.
const longestComment = 60_000;

/** One comment for all environments; each has its share of the room. */
export function previewComment(
  previews: readonly Preview[],
  run: { readonly name: string; readonly url: string },
): string {
  const head = [
    "### What would change in each environment",
    "",
    ...previews.map(
      ({ environment, verdict }) => `- **${markdownText(environment)}**: ${markdownText(verdict)}`,
    ),
    "",
    `Rendered from the merge and from its target, by [run ${markdownText(run.name)}](${run.url}). Nothing is deployed; tags of images are set by CI.`,
  ].join("\n");
  const room = Math.floor((longestComment - head.length) / Math.max(1, previews.length));
  const sections = previews.map((preview) => fitted(preview, room));
  return harmless([head, ...sections].join("\n\n"));
}

function fitted({ environment, markdown }: Preview, room: number): string {
  const title = `## ${environment}`;
  const parts: string[][] = [];
  for (const line of markdown) {
    // A part is never cut, so that no fence stays open.
    if (parts.length === 0 || line.startsWith("### ")) parts.push([]);
    parts.at(-1)?.push(line);
  }
  const shown: string[] = [];
  let length = title.length;
  for (const part of parts) {
    const text = part.join("\n");
    if (length + text.length > room) break;
    length += text.length;
    shown.push(text);
  }
  const left = parts.length - shown.length;
  if (left > 0) shown.push(`… and ${left} more: see the summary of the run.`);
  return [title, "", ...shown].join("\n");
}

/** For a status: at most 180 characters. */
export function previewStatus(previews: readonly Preview[]): string {
  const all = previews.map(({ environment, verdict }) => `${environment}: ${verdict}`).join("; ");
  const text = harmless(all.replaceAll(/\s+/g, " "));
  return text.length > 180 ? `${text.slice(0, 179)}…` : text;
}
