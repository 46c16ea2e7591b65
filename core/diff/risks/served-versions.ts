import { isRecord } from "../../manifests/parse.ts";
import { valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";

/** Versions that a changed CustomResourceDefinition no longer serves. */
export function servedVersions({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (identity.kind !== "CustomResourceDefinition" || !before || !after) return [];
  const now = served(after);
  return served(before)
    .filter((version) => !now.includes(version))
    .map((version) => ({
      severity: "high" as const,
      text: `no longer serves version ${version}: whatever still uses it stops working`,
    }));
}

function served(definition: unknown): readonly string[] {
  const versions = valueAt(definition, "spec.versions");
  return (Array.isArray(versions) ? (versions as unknown[]) : [])
    .filter((version) => isRecord(version) && version["served"] !== false)
    .map((version) => String((version as Readonly<Record<string, unknown>>)["name"]));
}
