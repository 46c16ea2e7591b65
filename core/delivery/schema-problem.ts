import type { ErrorObject } from "ajv";
import { nearestWord } from "../nearest-word.ts";
import { pathPattern } from "./schema-words.ts";
import { engineNames } from "./steps/registry.ts";
import { unsafePath } from "./unsafe-path.ts";
import type { YamlPath } from "./yaml-path.ts";

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
      const near = nearestWord(key, known);
      const choice = near ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
      return { path: [...path, key], message: `unknown key "${key}": ${choice}` };
    }
    case "required":
      if (error.schemaPath.includes("/oneOf/")) return undefined;
      return problem(`${here} lacks "${String(params["missingProperty"])}"`);
    case "oneOf":
      return problem(`${here} needs exactly one of ${engineNames.join(", ")}`);
    case "type":
      return problem(`${here} must be ${typeText(params["type"])}`);
    case "const":
      return problem(`${here} must be "${String(params["allowedValue"])}"`);
    case "enum":
      return problem(`${here} must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`);
    case "if":
    case "propertyNames":
      return undefined;
    case "pattern":
      if (error.propertyName !== undefined) {
        const said = `"${error.propertyName}" is no name for this. ${describedIn(error)}`;
        return { path: [...path, error.propertyName], message: said };
      }
      // "must not be empty" says it better.
      if (error.data === "" && "minLength" in Object(error.parentSchema)) return undefined;
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
    integer: "an integer",
  };
  const types = (Array.isArray(type) ? type : String(type).split(",")) as readonly string[];
  return types.map((each) => article[each] ?? `a ${each}`).join(" or ");
}

function patternText(error: ErrorObject): string {
  const parent = error.parentSchema as { readonly description?: string } | undefined;
  const pattern = String((error.params as { readonly pattern?: unknown }).pattern);
  const unsafe = pattern.endsWith(pathPattern) ? unsafePath(String(error.data)) : undefined;
  if (unsafe !== undefined) return unsafe;
  if (pattern.startsWith("^(string|")) return "must be one of string, integer, number, boolean";
  if (pattern.startsWith("^v?1")) {
    return 'must look like "1.36", "1.36.2" or "v1.36.3-gke.1785003"';
  }
  const ours = pattern.includes("$\\{") ? undefined : /\$\{\w+\}/.exec(String(error.data))?.[0];
  const where = ours === undefined ? "" : ` ${ours} is filled in in paths only.`;
  return `is not accepted. ${parent?.description ?? `It must match ${pattern}`}${where}`;
}

function describedIn({ parentSchema }: ErrorObject): string {
  return (parentSchema as { readonly description?: string } | undefined)?.description ?? "";
}

function propertiesOf(error: ErrorObject): object {
  const parent = error.parentSchema as { readonly properties?: object } | undefined;
  return parent?.properties ?? {};
}
