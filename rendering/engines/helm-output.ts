import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import type { RenderedText } from "./engine.ts";

export type HelmOutput = {
  readonly texts: readonly RenderedText[];
  /** Hooks that were left out, as a person would name them. */
  readonly hooks: readonly string[];
};

/** Takes `helm template`'s output apart: one text a document, hooks apart unless wanted. */
export function helmOutput(
  output: string,
  { chart, hooks }: { readonly chart: string; readonly hooks: boolean },
): HelmOutput {
  const left: string[] = [];
  const texts = output
    .split(/^---[ \t]*\r?$/m)
    .filter((part) => part.trim() !== "")
    .map((text) => ({ file: templateOf(text, chart), text, sameLines: false }))
    .filter(({ text, file }) => {
      const hook = hooks ? undefined : hookIn(text);
      if (hook !== undefined) left.push(`${hook} of ${file}`);
      return hook === undefined;
    });
  return { texts, hooks: left };
}

// helm names the template of each document: "# Source: <chart>/templates/<file>".
function templateOf(text: string, chart: string): string {
  const source = /^# Source: [^/\n]+\/(.+)$/m.exec(text)?.[1]?.trim();
  return source === undefined ? chart : `${chart}/${source}`;
}

/** `Job (pre-install)`; the name is left out, for it may be random. */
function hookIn(text: string): string | undefined {
  if (!/helm\.sh\/hook["']?\s*:/.test(text)) return undefined;
  for (const { value } of parseYaml(text, "").documents) {
    const metadata = isRecord(value) ? value["metadata"] : undefined;
    const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
    const hook = isRecord(annotations) ? annotations["helm.sh/hook"] : undefined;
    const kind = isRecord(value) ? value["kind"] : undefined;
    if (typeof hook === "string") return `${String(kind)} (${hook})`;
  }
  return undefined;
}
