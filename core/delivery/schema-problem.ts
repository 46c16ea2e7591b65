import type { ErrorObject } from "ajv";
import type { YamlPath } from "./parse-delivery.ts";

export type PlacedProblem = { readonly path: YamlPath; readonly message: string };

/** What a person should read for one schema error; undefined for one that another one repeats. */
export function schemaProblem(error: ErrorObject): PlacedProblem | undefined {
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const params = error.params as Readonly<Record<string, unknown>>;
  const here = path.length === 0 ? "the file" : placeText(path);
  const problem = (message: string) => ({ path, message });
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = Object.keys(propertiesOf(error));
      const near = nearest(key, known);
      const choice = near ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
      return { path: [...path, key], message: `unknown key "${key}": ${choice}` };
    }
    case "required":
      if (error.schemaPath.includes("/oneOf/")) return undefined;
      return problem(`${here} lacks "${String(params["missingProperty"])}"`);
    case "oneOf":
      return problem(`${here} needs exactly one of helm, kustomize, tokens, copy, jsonnet`);
    case "type":
      return problem(`${here} must be ${typeText(params["type"])}`);
    case "const":
      return problem(`${here} must be "${String(params["allowedValue"])}"`);
    case "enum":
      return problem(`${here} must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`);
    case "pattern":
      return problem(`${here} "${String(error.data)}" ${patternText(error)}`);
    case "minItems":
      return problem(`${here} must have at least one entry`);
    case "minLength":
      return problem(`${here} must not be empty`);
    default:
      return problem(`${here} ${error.message ?? "is not valid"}`);
  }
}

/** `["apps", 0, "render"]` → `apps[0].render`. */
function placeText(path: YamlPath): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`,
    )
    .join("");
}

function typeText(type: unknown): string {
  const article: Readonly<Record<string, string>> = {
    object: "a mapping",
    array: "a list",
    string: "a text (quote it)",
    boolean: "true or false",
  };
  const types = (Array.isArray(type) ? type : String(type).split(",")) as readonly string[];
  return types.map((each) => article[each] ?? `a ${each}`).join(" or ");
}

function patternText(error: ErrorObject): string {
  const parent = error.parentSchema as { readonly description?: string } | undefined;
  const pattern = String((error.params as { readonly pattern?: unknown }).pattern);
  if (pattern.startsWith("^(string|")) return "must be one of string, integer, number, boolean";
  if (pattern.startsWith("^1")) return 'must look like "1.36" or "1.36.2"';
  return `is not accepted. ${parent?.description ?? `It must match ${pattern}`}`;
}

function propertiesOf(error: ErrorObject): object {
  const parent = error.parentSchema as { readonly properties?: object } | undefined;
  return parent?.properties ?? {};
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.ceil(word.length * 0.4) ? best.candidate : undefined;
}

// Levenshtein's edit distance.
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, a] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...to].entries()) {
      const change = (row[j] ?? 0) + (a === b ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
