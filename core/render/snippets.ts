import type { Problem } from "../errors.ts";
import { identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord, parseManifests, parseYaml } from "../manifests/parse.ts";
import { isSelected, parseLabelSelector } from "./label-selector.ts";

/** What an environment adds to or changes in rendered objects. */
export type Snippet = {
  readonly file: string;
  readonly line: number;
} & (
  | { readonly kind: "object"; readonly object: KubernetesObject }
  | { readonly kind: "patch"; readonly target: PatchTarget; readonly patch: unknown }
);

/**
 * As kustomize selects: group, version, kind, name and namespace are anchored expressions, the
 * other two selectors.
 */
export type PatchTarget = {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
};

/**
 * Tells whether the whole of a text fits an expression of Go (RE2); undefined for what is none.
 * JavaScript's own take years for `(a+)+`, and know another syntax.
 */
export type GoPatterns = (expression: string) => ((text: string) => boolean) | undefined;

/** Longer expressions are refused, in UTF-16 units. */
const longestExpression = 2_000;
const identityKeys = ["group", "version", "kind", "name", "namespace"] as const;
const selectorKeys = ["labelSelector", "annotationSelector"] as const;
const targetKeys: readonly string[] = [...identityKeys, ...selectorKeys];

/**
 * Reads a snippet file. `*.patch.yaml` holds patches: objects to merge (strategic merge; target is
 * the object of the same kind and name), or `{target, patch}` with JSON patch operations or a merge.
 * Any other file holds objects to add.
 */
export function parseSnippets(
  text: string,
  file: string,
  patterns: GoPatterns,
): { readonly snippets: readonly Snippet[]; readonly problems: readonly Problem[] } {
  if (!/\.patch\.(ya?ml|json)$/.test(file)) {
    const { documents, problems } = parseManifests(text, file);
    const snippets = documents.map(({ object, line }): Snippet => ({
      kind: "object",
      object,
      file,
      line,
    }));
    return { snippets, problems };
  }
  const { documents, problems } = parseYaml(text, file);
  const found: Problem[] = [...problems];
  const snippets = documents.flatMap(({ value, line }): readonly Snippet[] => {
    const patch = patchOf(value, patterns);
    if (typeof patch !== "string") return [{ kind: "patch", ...patch, file, line }];
    found.push({ file, line, message: patch });
    return [];
  });
  return { snippets, problems: found };
}

/** Whether a patch is for an object. */
export function isTarget(
  target: PatchTarget,
  object: KubernetesObject,
  patterns: GoPatterns,
): boolean {
  const identity = identityOf(object);
  const { labels, annotations } = object.metadata;
  return (
    identityKeys.every((key) => {
      const wanted = target[key];
      return wanted === undefined || (patterns(wanted)?.(identity[key]) ?? false);
    }) &&
    isWanted(target.labelSelector, labels) &&
    isWanted(target.annotationSelector, annotations)
  );
}

function isWanted(selector: string | undefined, labels: unknown): boolean {
  if (selector === undefined) return true;
  const requirements = parseLabelSelector(selector) ?? [];
  return isSelected(requirements, isRecord(labels) ? labels : {});
}

/** The target as a person would name it: `Deployment api`, `object with labels app=api`. */
export function targetText(target: PatchTarget): string {
  const { kind = "object", name, namespace, labelSelector, annotationSelector } = target;
  const place = namespace === undefined ? "" : ` in ${namespace}`;
  const what = `${kind}${name === undefined ? "" : ` ${name}`}${place}`.replaceAll("\\", "");
  const selected = [
    ...(labelSelector === undefined ? [] : [`labels ${labelSelector}`]),
    ...(annotationSelector === undefined ? [] : [`annotations ${annotationSelector}`]),
  ];
  return selected.length === 0 ? what : `${what} with ${selected.join(" and ")}`;
}

type Patch = { readonly target: PatchTarget; readonly patch: unknown };

function patchOf(value: unknown, patterns: GoPatterns): Patch | string {
  if (!isRecord(value)) return "a patch must be a mapping";
  if ("target" in value || "patch" in value) return explicitPatch(value, patterns);
  const { apiVersion, kind, metadata } = value;
  const name = isRecord(metadata) ? metadata["name"] : undefined;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string") {
    return "a patch needs apiVersion, kind and metadata.name, or target and patch";
  }
  const namespace = isRecord(metadata) ? metadata["namespace"] : undefined;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const target = {
    group: literal(group),
    kind: literal(kind),
    name: literal(name),
    ...(typeof namespace === "string" ? { namespace: literal(namespace) } : {}),
  };
  return { target, patch: value };
}

function explicitPatch(
  value: Readonly<Record<string, unknown>>,
  patterns: GoPatterns,
): Patch | string {
  const { target, patch, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return `unknown key "${unknown}": a patch has target and patch`;
  if (!isRecord(target) || Object.keys(target).length === 0) return "target must be a mapping";
  for (const [key, wanted] of Object.entries(target)) {
    if (!targetKeys.includes(key)) return `target has "${key}": known are ${targetKeys.join(", ")}`;
    if (typeof wanted !== "string") return `target.${key} must be a text`;
    if (selectorKeys.some((each) => each === key)) {
      if (parseLabelSelector(wanted) !== undefined) continue;
      return `target.${key} "${wanted}" is no selector: write app=api, tier!=web, tier in (a, b), app or !app, several with commas`;
    }
    if (wanted.length > longestExpression || patterns(wanted) === undefined) {
      return `target.${key} is no regular expression of Go, as kustomize reads them`;
    }
  }
  if (!Array.isArray(patch) && !isRecord(patch)) {
    return "patch must be a list of JSON patch operations or a mapping to merge";
  }
  return { target, patch };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
