import { isRecord } from "../../manifests/parse.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high } from "../risk.ts";

/**
 * A Secret that was encrypted in git and no longer is: whoever reads the repository reads its values,
 * and its history keeps them.
 */
export function secretInClear({ identity, before, after }: ObjectChange): readonly Finding[] {
  if (identity.kind !== "Secret" || identity.group !== "") return [];
  if (before === undefined || after === undefined) return [];
  if (!("sops" in before) || "sops" in after) return [];
  const values = ["data", "stringData"].flatMap((field) => {
    const value = after[field];
    return isRecord(value) ? Object.keys(value) : [];
  });
  if (values.length === 0) return [];
  const text = `is no longer encrypted (SOPS): its values (${values.join(", ")}) stand in git for all who read it`;
  return [high(text)];
}
