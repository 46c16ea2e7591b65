// Templates that look up objects in the cluster (`lookup`): Helm finds nothing of it outside of it.
import { asksCluster, helpersOf } from "./template-names.ts";

export type TemplateTexts = readonly (readonly [path: string, text: string])[];

const mostNamed = 3;

/** Those of all templates of a chart that look something up, themselves or by helpers; sorted. */
export function askingTemplates(templates: TemplateTexts): readonly string[] {
  // Most charts have none, and most that have one need no more than this.
  if (!templates.some(([, text]) => text.includes("lookup"))) return [];
  const helpers = helpersOf(templates.map(([, text]) => text));
  return templates
    .flatMap(([path, text]) => (!isPartial(path) && asksCluster(text, helpers) ? [path] : []))
    .sort();
}

/** `templates/a.yaml, templates/b.yaml look up`; undefined for none. */
export function lookingUp(paths: readonly string[]): string | undefined {
  const named = paths.slice(0, mostNamed);
  if (named.length === 0) return undefined;
  const more = paths.length > named.length ? ` and ${paths.length - named.length} more` : "";
  return `${named.join(", ")}${more} ${paths.length === 1 ? "looks" : "look"} up`;
}

// Helm renders none of these for itself.
function isPartial(path: string): boolean {
  return /(^|\/)_[^/]*$/.test(path) || /\/NOTES\.txt$/.test(path);
}
