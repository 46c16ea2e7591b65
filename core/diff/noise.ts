// Edits that say nothing about what will run. They are never dropped: readers count them by class
// and can show them.
import type { Edit } from "./edits.ts";
import { isUnordered } from "./list-keys.ts";
import type { Path } from "./path.ts";
import { quantity } from "./quantity.ts";

export type Noise =
  | "version-label"
  | "checksum"
  | "generated-name"
  | "order"
  | "formatting"
  | "defaulting"
  | "managed";

/** What edits of a class are called where they are counted. */
export const noiseNames: Readonly<Record<Noise, string>> = {
  "version-label": "chart and version labels",
  checksum: "checksums",
  "generated-name": "references to generated names",
  order: "order only",
  formatting: "formatting only",
  defaulting: "defaults written out",
  managed: "fields that the cluster sets",
};

const versionLabels = new Set(["helm.sh/chart", "app.kubernetes.io/version", "chart"]);
const managedFields = new Set([
  ...["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink"],
]);
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** @param renamed names of ConfigMaps and Secrets whose generated suffix changed, old → new. */
export function noiseOf(edit: Edit, renamed: ReadonlyMap<string, string>): Noise | undefined {
  const { path } = edit;
  const [top, second] = path;
  if (top === "status") return "managed";
  if (top === "metadata" && typeof second === "string" && managedFields.has(second))
    return "managed";
  const key = metadataKey(path);
  if (key === lastApplied) return "managed";
  if (key !== undefined && versionLabels.has(key)) return "version-label";
  if (key !== undefined && /^checksum\/|[./-]checksum$/.test(key)) return "checksum";
  if (edit.kind === "reordered") return isUnordered(listOf(path)) ? "order" : undefined;
  if (isDefault(edit)) return "defaulting";
  if (edit.kind !== "changed") return undefined;
  const { before, after } = edit;
  if (typeof before === "string" && renamed.get(before) === after) return "generated-name";
  return isFormatting({ path, before, after }) ? "formatting" : undefined;
}

// `metadata.labels.x`, of the object or of a template inside it.
function metadataKey(path: Path): string | undefined {
  const [metadata, map, key] = path.slice(-3);
  const inMetadata = metadata === "metadata" && (map === "labels" || map === "annotations");
  return inMetadata && typeof key === "string" ? key : undefined;
}

function listOf(path: Path): string {
  return path.findLast((step) => typeof step === "string") ?? "";
}

function isDefault(edit: Edit): boolean {
  if (edit.kind !== "added" && edit.kind !== "removed") return false;
  const value = edit.kind === "added" ? edit.after : edit.before;
  return value === null || (edit.path.at(-1) === "protocol" && value === "TCP");
}

function isFormatting(edit: {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
}): boolean {
  const { path, before, after } = edit;
  if (typeof before === "string" && typeof after === "string") {
    const strip = (text: string) => text.replaceAll("\r\n", "\n").replaceAll(/[ \t]+$/gm, "");
    if (strip(before).trimEnd() === strip(after).trimEnd()) return true;
  }
  const amounts = path.some((step) => step === "limits" || step === "requests");
  const [a, b] = [quantity(before), quantity(after)];
  return amounts && a !== undefined && a === b;
}
