import { isRecord } from "../../manifests/parse.ts";
import { valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";

/** What a changed CustomResourceDefinition means for the objects of its kind. */
export function servedVersions(change: ObjectChange): readonly Finding[] {
  const { before, after, identity, edits } = change;
  if (identity.kind !== "CustomResourceDefinition" || !before || !after) return [];
  const now = served(after);
  const gone = served(before).filter((version) => !now.includes(version));
  if (gone.length === 0) {
    const counts = edits.some(({ noise, path }) => noise === undefined && path[0] === "spec");
    const text = "changes what all objects of that kind may look like";
    return counts ? [medium(text)] : [];
  }
  return gone.map((version) =>
    high(`no longer serves version ${version}: whatever still uses it stops working`),
  );
}

function served(definition: unknown): readonly string[] {
  const versions = valueAt(definition, "spec.versions");
  return (Array.isArray(versions) ? (versions as unknown[]) : [])
    .filter((version) => isRecord(version) && version["served"] !== false)
    .map((version) => String((version as Readonly<Record<string, unknown>>)["name"]));
}
