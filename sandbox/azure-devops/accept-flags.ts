// What clients in browsers ask of every answer in the Accept header
// (azure-devops-extension-api, Common/RestClientBase).
import { enumsOf } from "./enums.ts";
import type { EnumShape, Route } from "./route.ts";

export type AcceptFlags = {
  readonly excludeUrls: boolean;
  readonly enumsAsNumbers: boolean;
  readonly msDateFormat: boolean;
  readonly noArrayWrap: boolean;
};

export function readFlags(accept: string): AcceptFlags {
  const is = (name: string) => new RegExp(`;\\s*${name}=true`, "i").test(accept);
  return {
    excludeUrls: is("excludeUrls"),
    enumsAsNumbers: is("enumsAsNumbers"),
    msDateFormat: is("msDateFormat"),
    noArrayWrap: is("noArrayWrap"),
  };
}

/** The text of an answer as the flags want it. */
export function writeJson(json: unknown, flags: AcceptFlags, route: Route): string {
  if (!Object.values(flags).includes(true)) return JSON.stringify(json);
  const shape = flags.enumsAsNumbers ? enumsOf(route) : undefined;
  const changed = change(unwrap(json, flags), flags, shape);
  const text = JSON.stringify(changed);
  // `"\/Date(1496158224000)\/"`: the escaped slashes are how the client knows them.
  return flags.msDateFormat
    ? text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, "g"), '"\\/Date($1)\\/"')
    : text;
}

const mark = "\uE000date:";

function unwrap(json: unknown, { noArrayWrap }: AcceptFlags): unknown {
  if (!noArrayWrap || typeof json !== "object" || json === null) return json;
  const { count, value, ...rest } = json as Record<string, unknown>;
  const isWrapper = Array.isArray(value) && typeof count === "number";
  return isWrapper && Object.keys(rest).length === 0 ? value : json;
}

function change(value: unknown, flags: AcceptFlags, shape: EnumShape | undefined): unknown {
  if (Array.isArray(value)) return value.map((one) => change(one, flags, shape));
  if (typeof value !== "object" || value === null) return value;
  const changed: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (flags.excludeUrls && (key === "url" || key === "_links")) continue;
    // A list's wrapper is not part of what the shape describes.
    const below = key === "value" && shape?.[key] === undefined ? shape : shape?.[key];
    if (typeof inner === "string") changed[key] = changeText(key, inner, { flags, below });
    else changed[key] = change(inner, flags, isNames(below) ? undefined : below);
  }
  return changed;
}

function changeText(
  key: string,
  text: string,
  at: { readonly flags: AcceptFlags; readonly below: EnumShape[string] | EnumShape | undefined },
): unknown {
  const { flags, below } = at;
  if (isNames(below)) {
    const index = below.findIndex((name) => name?.toLowerCase() === text.toLowerCase());
    return index < 0 ? text : index;
  }
  const isDate = /(date|time|createdOn|modifiedOn)$/i.test(key) && /^\d{4}-\d\d-\d\dT/.test(text);
  return flags.msDateFormat && isDate ? `${mark}${Date.parse(text)}` : text;
}

function isNames(shape: unknown): shape is readonly (string | undefined)[] {
  return Array.isArray(shape);
}
