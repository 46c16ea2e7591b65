import { isRecord } from "../../manifests/parse.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { otherKeys } from "./keys-of-sops.ts";

/**
 * A Secret that was encrypted in git and no longer is: whoever reads the repository reads its values,
 * and its history keeps them.
 */
export function secretInClear(change: ObjectChange): readonly Finding[] {
  return [...inClear(change), ...otherKeys(change.before, change.after).map(medium)];
}

function inClear({ identity, before, after, undecrypted }: ObjectChange): readonly Finding[] {
  if (identity.kind !== "Secret" || identity.group !== "") return [];
  if (after === undefined) return [];
  if ("sops" in after) {
    const isRefused = undecrypted === true && !(before !== undefined && "sops" in before);
    const text =
      "is encrypted (SOPS), and its Flux Kustomization does not decrypt (spec.decryption): Flux refuses all of that Kustomization";
    return [...(isRefused ? [high(text)] : []), ...leftPlain(before, after)];
  }
  if (before === undefined || !("sops" in before)) return [];
  const values = ["data", "stringData"].flatMap((field) => {
    const value = after[field];
    return isRecord(value) ? Object.keys(value) : [];
  });
  if (values.length === 0) return [];
  const text = `is no longer encrypted (SOPS): its values (${values.join(", ")}) stand in git for all who read it`;
  return [high(text)];
}

/** Values beside encrypted ones that were put in after SOPS had run. */
function leftPlain(before: ObjectChange["before"], after: ObjectChange["after"]) {
  const had = plainKeys(before);
  const fresh = plainKeys(after).filter((key) => !had.includes(key));
  return fresh.length === 0
    ? []
    : [
        high(
          `holds values that SOPS did not encrypt (${fresh.join(", ")}): they stand in git for all who read it`,
        ),
      ];
}

// An empty text stays one, encrypted or not.
function plainKeys(secret: ObjectChange["after"]): readonly string[] {
  return ["data", "stringData"].flatMap((field) => {
    const values = secret?.[field];
    return Object.entries(isRecord(values) ? values : {})
      .filter(([, value]) => typeof value === "string" && !/^\((encrypted|secret, 0)/.test(value))
      .map(([key]) => key);
  });
}
