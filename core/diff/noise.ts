// Edits that say nothing about what will run. They are never dropped: readers count them by class
// and can show them.
import { parseDuration } from "../flux/duration.ts";
import { folderFrom } from "../flux/folder.ts";
import { isLabelValue } from "../manifests/check-metadata.ts";
import { isWrittenDefault } from "./defaults.ts";
import type { Edit } from "./edits.ts";
import { resolvesTheSame } from "./env-references.ts";
import { immutablePlaces } from "./immutable-places.ts";
import { isUnordered, listOf } from "./list-order.ts";
import { isFlux, isKnownType, type ObjectType, typeName } from "./object-type.ts";
import { inPodTemplate, keysOf, type Path } from "./path.ts";
import { quantity } from "../manifests/quantity.ts";

export type Noise =
  | "version-label"
  | "checksum"
  | "generated-name"
  | "order"
  | "formatting"
  | "defaulting"
  | "managed"
  /** By a rule of the team (core/team-rules); only where people look. */
  | "team-rule";

/** What edits of a class are called where they are counted. */
export const noiseNames: Readonly<Record<Noise, string>> = {
  "version-label": "chart and version labels",
  checksum: "checksums",
  "generated-name": "references to generated names",
  order: "order only",
  formatting: "formatting only",
  defaulting: "defaults written out",
  managed: "fields that the cluster sets",
  "team-rule": "by rules of the team",
};

const noiseSingulars: typeof noiseNames = {
  ...noiseNames,
  "version-label": "chart or version label",
  checksum: "checksum",
  "generated-name": "reference to a generated name",
  defaulting: "default written out",
  managed: "field that the cluster sets",
  "team-rule": "by a rule of the team",
};

/** `8 chart and version labels`, `1 checksum`. */
export function countedNoise(noise: Noise, amount: number): string {
  return `${amount} ${(amount === 1 ? noiseSingulars : noiseNames)[noise]}`;
}

export type EditContext = {
  readonly type: ObjectType;
  /** Names of ConfigMaps and Secrets whose generated suffix changed, old → new. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Keys of a Secret that hold the same bytes on both sides. */
  readonly sameSecrets: ReadonlySet<string>;
  readonly before: unknown;
  readonly after: unknown;
};

const versionLabels = new Set(["helm.sh/chart", "app.kubernetes.io/version", "chart"]);
const managedFields = new Set(["generation", "creationTimestamp", "selfLink"]);
/** The API server writes these too; one that stands in git is refused, or binds the object to a moment. */
const bindingFields = new Set(["managedFields", "resourceVersion", "uid"]);
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** The class of an edit that may be hidden; undefined for what counts. */
export function noiseOf(edit: Edit, context: EditContext): Noise | undefined {
  const { path } = edit;
  const { type, renamed, sameSecrets } = context;
  const [top, second] = path;
  if (top === "status") return "managed";
  if (top === "metadata" && typeof second === "string") {
    if (managedFields.has(second)) return "managed";
    if (bindingFields.has(second) && edit.kind === "removed") return "managed";
  }
  const key = isTaken(edit) ? ownMetadataKey(path) : undefined;
  if (key === lastApplied) return "managed";
  if (key !== undefined && versionLabels.has(key)) return "version-label";
  if (key !== undefined && /^checksum\/|[./-]checksum$/.test(key)) return "checksum";
  if (typeName(type) === "Secret" && (top === "data" || top === "stringData")) {
    return typeof second === "string" && sameSecrets.has(second) ? "formatting" : undefined;
  }
  if (edit.kind === "reordered") return isOrderOnly(edit, context) ? "order" : undefined;
  const absent = edit.kind === "added" ? context.before : context.after;
  if (isWrittenDefault(edit, type, absent)) return "defaulting";
  if (edit.kind !== "changed") return undefined;
  const { before, after } = edit;
  if (typeof before === "string" && renamed.get(before) === after) {
    return inPodTemplate(path, type) ? undefined : "generated-name";
  }
  return isFormatting(edit, context) ? "formatting" : undefined;
}

// Helm's `1.0.0+build` is no label: the API server refuses the object.
function isTaken(edit: Edit): boolean {
  if (edit.path[1] !== "labels" || !("after" in edit)) return true;
  return edit.after === null || (typeof edit.after === "string" && isLabelValue(edit.after));
}

// `metadata.labels.x` of the object itself: those of a template restart pods or cannot change.
function ownMetadataKey(path: Path): string | undefined {
  const [metadata, map, key, ...more] = path;
  const isOwn = metadata === "metadata" && (map === "labels" || map === "annotations");
  return isOwn && more.length === 0 && typeof key === "string" ? key : undefined;
}

// The API server compares what cannot change byte by byte, with its order.
function isFixed(path: Path, { type, before, after }: EditContext): boolean {
  return immutablePlaces(type, [keysOf(path).join(".")], { before, after }).length > 0;
}

function isOrderOnly(
  { path, before, after }: Edit & { readonly kind: "reordered" },
  context: EditContext,
): boolean {
  const { type } = context;
  if (isFixed(path, context)) return false;
  if (listOf(path) === "env" && !resolvesTheSame(before, after)) return false;
  if (listOf(path) === "paths") return [...before, ...after].every(isMatchedByLength);
  return isUnordered(path, type);
}

// Of an Ingress' exact paths and prefixes the longest decides; others are the controller's affair.
function isMatchedByLength(path: unknown): boolean {
  const type = (path as { readonly pathType?: unknown } | null)?.pathType;
  return type === "Exact" || type === "Prefix";
}

type Change = { readonly path: Path; readonly before: unknown; readonly after: unknown };

function isFormatting({ path, before, after }: Change, context: EditContext): boolean {
  const { type } = context;
  if (isSameDuration({ path, before, after }, type)) return true;
  if (isFlux(type)) return isSameFolder({ path, before, after }, type);
  if (typeName(type) === "ConfigMap" && path[0] === "data") {
    return !isFixed(path, context) && isSameText(before, after);
  }
  const keys = keysOf(path);
  const amount = isKnownType(type)
    ? keys.some((step) => amounts.has(step))
    : keys.includes("resources") && (keys.includes("limits") || keys.includes("requests"));
  if (!amount) return false;
  const [a, b] = [quantity(before), quantity(after)];
  return a !== undefined && a === b;
}

const amounts = new Set([
  ...["limits", "requests", "hard", "max", "min", "default", "defaultRequest", "capacity"],
  ...["sizeLimit", "averageValue", "maxLimitRequestRatio", "divisor"],
]);

// A text of several lines: blanks at the ends of lines and of the text. CR before LF is a byte that
// scripts stumble over.
function isSameText(before: unknown, after: unknown): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  const strip = (text: string) => text.replaceAll(/[ \t]+$/gm, "").replace(/\n+$/, "");
  return strip(before) === strip(after) && strip(before).includes("\n");
}

// Flux takes a Kustomization's path below the root of the repository, however it is spelt.
function isSameFolder({ path, before, after }: Change, type: ObjectType): boolean {
  if (type.kind !== "Kustomization" || keysOf(path).join(".") !== "spec.path") return false;
  const folder = (text: unknown) =>
    typeof text === "string" && !text.includes("..") ? folderFrom("", text) : undefined;
  return folder(before) !== undefined && folder(before) === folder(after);
}

// Of Flux, Prometheus' operator, cert-manager, External Secrets, Gateway API.
const timed =
  /(^|\.)(toolkit\.fluxcd\.io|monitoring\.coreos\.com|cert-manager\.io|external-secrets\.io|gateway\.networking\.k8s\.io)$/;
const durations = new Set([
  ...["for", "keep_firing_for", "interval", "retryInterval", "refreshInterval", "timeout"],
  ...["scrapeTimeout", "duration", "renewBefore", "request", "backendRequest"],
]);

function isSameDuration({ path, before, after }: Change, { group }: ObjectType): boolean {
  const keys = keysOf(path);
  if (!timed.test(group) || keys[0] !== "spec" || !durations.has(keys.at(-1) ?? "")) return false;
  if (keys.some((key) => /^(values|labels|annotations|template)$/.test(key))) return false;
  const [a, b] = [before, after].map((text) =>
    typeof text === "string" ? parseDuration(text) : undefined,
  );
  return a !== undefined && a === b;
}
