// What a rule of a route asks of a request, in the words of the Gateway API, Istio, Contour and Traefik.
import { isRecord } from "../../manifests/parse.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import { canonical, textOf, valueAt } from "../values.ts";

/** @property others what else it asks, each as one text: equal for equal ones */
export type Asks = {
  readonly path: string;
  readonly pathType: "exact" | "prefix" | "segments" | "other";
  readonly others: readonly string[];
  readonly text: string;
};

/** Each alternative of a rule; one that asks nothing where the rule names none. */
export function asksOf(rule: Mapping): readonly Asks[] {
  // Traefik's rules are one expression.
  if (typeof rule["match"] === "string") {
    const { match } = rule;
    return [{ path: match, pathType: "other", others: [], text: match }];
  }
  const contour = mappings(rule["conditions"]);
  if (contour.length > 0) return [asked(contour)];
  const listed = [...mappings(rule["matches"]), ...mappings(rule["match"])];
  return (listed.length > 0 ? listed : [{}]).map((one) => asked([one]));
}

/** Whether one takes every request that another does. */
export function takesAll(wide: Asks, narrow: Asks): boolean {
  return takesPath(wide, narrow) && wide.others.every((one) => narrow.others.includes(one));
}

/** Conditions that hold together. */
function asked(conditions: readonly Mapping[]): Asks {
  const path = pathOf(conditions.find((one) => paths.some((field) => field in one)) ?? {});
  const others = conditions.flatMap(Object.entries).flatMap(([field, value]) => {
    // What Istio calls it.
    if (paths.includes(field) || field === "name") return [];
    if (Array.isArray(value)) return value.map((one) => `${field} ${inWords(one)}`);
    if (!isRecord(value)) return [`${field} ${textOf(value)}`];
    const parts = Object.entries(value).map(([name, one]) => `${name} ${inWords(one)}`);
    return parts.map((part) => (field === "method" ? part : `${field} ${part}`));
  });
  const words = others.join(", ");
  // Calls of gRPC have no path of their own.
  const isCall = conditions.some(({ method }) => isRecord(method));
  const text = isCall ? words : `${path.path}${words === "" ? "" : ` (${words})`}`;
  return { ...path, others, text };
}

const paths = ["path", "uri", "prefix", "exact"];

function pathOf(match: Mapping): Pick<Asks, "path" | "pathType"> {
  const { path, uri } = match;
  if (isRecord(path)) {
    const type = textOf(path["type"] ?? "PathPrefix");
    const pathType = type === "Exact" ? "exact" : type === "PathPrefix" ? "segments" : "other";
    return { path: textOf(path["value"] ?? "/"), pathType };
  }
  const own = isRecord(uri) ? uri : match;
  const exact = valueAt(own, "exact");
  if (exact !== undefined) return { path: textOf(exact), pathType: "exact" };
  if (isRecord(uri) && uri["prefix"] === undefined) {
    return { path: textOf(uri["regex"] ?? canonical(uri)), pathType: "other" };
  }
  return { path: textOf(valueAt(own, "prefix") ?? "/"), pathType: "prefix" };
}

function takesPath(wide: Asks, narrow: Asks): boolean {
  if (wide.path === narrow.path) {
    return wide.pathType === narrow.pathType || (isWide(wide) && narrow.pathType !== "other");
  }
  if (isWide(wide) && wide.path === "/") return true;
  if (narrow.pathType === "other" || !isWide(wide)) return false;
  const start = wide.pathType === "segments" ? withSlash(wide.path) : wide.path;
  return withSlash(narrow.path).startsWith(start);
}

function isWide({ pathType }: Asks): boolean {
  return pathType === "prefix" || pathType === "segments";
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function inWords(value: unknown): string {
  if (!isRecord(value)) return textOf(value);
  const { name, value: own, ...rest } = value;
  const pairs = [name, own].filter((one) => one !== undefined).map(textOf);
  // Gateway API takes it where nothing is written.
  const told = Object.entries(rest).filter(([field, one]) => field !== "type" || one !== "Exact");
  const other = told.map(([field, one]) => `${field} ${textOf(one)}`);
  return [pairs.join("="), ...other].filter((one) => one !== "").join(" ");
}
