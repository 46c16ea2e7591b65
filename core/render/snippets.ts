import type { Problem } from "../errors.ts";
import { identityOf } from "../manifests/identity.ts";
import type { Identity, KubernetesObject } from "../manifests/identity.ts";
import { isRecord, parseManifests, parseYaml } from "../manifests/parse.ts";

/** What an environment adds to or changes in rendered objects. */
export type Snippet = {
  readonly file: string;
  readonly line: number;
} & (
  | { readonly kind: "object"; readonly object: KubernetesObject }
  | { readonly kind: "patch"; readonly target: PatchTarget; readonly patch: unknown }
);

/** As kustomize selects: group, version, kind, name and namespace are anchored expressions. */
export type PatchTarget = {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
};

const targetKeys = ["group", "version", "kind", "name", "namespace"];

/**
 * Reads a snippet file. `*.patch.yaml` holds patches: objects to merge (strategic merge; target is
 * the object of the same kind and name), or `{target, patch}` with JSON patch operations or a merge.
 * Any other file holds objects to add.
 */
export function parseSnippets(
  text: string,
  file: string,
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
    const patch = patchOf(value);
    if (typeof patch !== "string") return [{ kind: "patch", ...patch, file, line }];
    found.push({ file, line, message: patch });
    return [];
  });
  return { snippets, problems: found };
}

/** Whether a patch is for an object. */
export function isTarget(target: PatchTarget, object: KubernetesObject): boolean {
  const identity = identityOf(object);
  return targetKeys.every((key) => {
    const wanted = target[key as keyof PatchTarget];
    return wanted === undefined || anchored(wanted).test(identity[key as keyof Identity]);
  });
}

/** The target as a person would name it: `Deployment api`. */
export function targetText({ kind = "objects", name, namespace }: PatchTarget): string {
  const place = namespace === undefined ? "" : ` in ${namespace}`;
  return `${kind}${name === undefined ? "" : ` ${name}`}${place}`.replaceAll("\\", "");
}

type Patch = { readonly target: PatchTarget; readonly patch: unknown };

function patchOf(value: unknown): Patch | string {
  if (!isRecord(value)) return "a patch must be a mapping";
  if ("target" in value || "patch" in value) return explicitPatch(value);
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

function explicitPatch(value: Readonly<Record<string, unknown>>): Patch | string {
  const { target, patch, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return `unknown key "${unknown}": a patch has target and patch`;
  if (!isRecord(target) || Object.keys(target).length === 0) return "target must be a mapping";
  for (const [key, wanted] of Object.entries(target)) {
    if (!targetKeys.includes(key)) return `target has "${key}": known are ${targetKeys.join(", ")}`;
    if (typeof wanted !== "string") return `target.${key} must be a text`;
    try {
      anchored(wanted);
    } catch {
      return `target.${key} is no regular expression`;
    }
  }
  if (!Array.isArray(patch) && !isRecord(patch)) {
    return "patch must be a list of JSON patch operations or a mapping to merge";
  }
  return { target, patch };
}

function anchored(expression: string): RegExp {
  return new RegExp(`^(?:${expression})$`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
