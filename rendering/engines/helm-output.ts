import { hookEvents, isTestOnly } from "../../core/charts/hook-events.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import type { RenderedText } from "./engine.ts";

export type HelmOutput = {
  readonly texts: readonly RenderedText[];
  /** Hooks that were left out, as a person would name them. */
  readonly hooks: readonly string[];
};

type Hook = { readonly kind: string; readonly events: readonly string[] };

type Wanted = { readonly hooks: boolean; readonly skipTests: boolean };

/** Takes `helm template`'s output apart: one text a document, tests and hooks apart unless wanted. */
export function helmOutput(
  output: string,
  { chart, hooks, skipTests }: Wanted & { readonly chart: string },
): HelmOutput {
  const left: string[] = [];
  const texts = output
    .split(/^---[ \t]*\r?$/m)
    .filter((part) => part.trim() !== "")
    .map((text) => ({ file: templateOf(text, chart), text, sameLines: false }))
    .filter(({ text, file }) => {
      const hook = hookIn(text);
      if (hook === undefined) return true;
      if (skipTests && isTestOnly(hook.events)) return false;
      if (!hooks) left.push(`${hook.kind} (${hook.events.join(",")}) of ${file}`);
      return hooks;
    });
  return { texts, hooks: left };
}

// helm names the template of each document: "# Source: <chart>/templates/<file>".
function templateOf(text: string, chart: string): string {
  const source = /^# Source: [^/\n]+\/(.+)$/m.exec(text)?.[1]?.trim();
  return source === undefined ? chart : `${chart}/${source}`;
}

// Without the name, which may be random.
function hookIn(text: string): Hook | undefined {
  if (!/helm\.sh\/hook["']?\s*:/.test(text)) return undefined;
  for (const { value } of parseYaml(text, "").documents) {
    const events = hookEvents(value);
    if (events.length > 0) return { kind: String(isRecord(value) ? value["kind"] : ""), events };
  }
  return undefined;
}
