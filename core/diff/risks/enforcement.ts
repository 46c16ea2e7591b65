// Policies of a cluster that refuse what they do not like: Kyverno, Gatekeeper, the API server's own.
import { ownEntry } from "../../own-entry.ts";
import { type Leaf, leavesOf } from "../leaves.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings } from "../pod-spec.ts";
import { keysOf } from "../path.ts";
import { textOf, valueAt } from "../values.ts";

// What they are told to do, and the word for refusing.
const refusing: Readonly<Record<string, RegExp>> = {
  validationFailureAction: /enforce/i,
  failureAction: /enforce/i,
  enforcementAction: /deny/i,
  validationActions: /deny/i,
  mode: /^strict$/i,
};
const policies = /^(kyverno\.io|policies\.kyverno\.io|(constraints|templates)\.gatekeeper\.sh)$/;

/** Policies that only warn where they refused, or refuse something else; in sentences. */
export function weakerEnforcement(change: ObjectChange): readonly string[] {
  const { before, after, identity, edits } = change;
  if (after === undefined) return [];
  if (before === undefined) return identity.kind === "PolicyException" ? [excepted(after)] : [];
  const leaves = edits
    .filter(({ noise }) => noise === undefined)
    .flatMap(leavesOf)
    .map(inWords)
    .filter(({ was, is }) => was !== is);
  const weaker = leaves.filter(({ keys, was, is }) => {
    const strict = ownEntry(refusing, keys.at(-1) ?? "");
    return strict?.test(was) === true && !strict.test(is);
  });
  const isPolicy = policies.test(identity.group);
  const isOther = isPolicy && leaves.some(({ keys }) => keys[0] === "spec");
  if (weaker.length > 0) {
    const fields = weaker.map(({ keys }) => keys.join("."));
    return [...new Set(fields)].map((field) => `no longer enforces what it did (${field})`);
  }
  return isOther ? ["enforces something else than before, or for others"] : [];
}

function inWords({ path, before, after }: Leaf) {
  const keys = keysOf(path);
  // A constraint of Gatekeeper that says nothing denies.
  const unwritten = keys.at(-1) === "enforcementAction" ? "deny" : undefined;
  const [was = "", is = ""] = [before, after].map((value) => textOf(value ?? unwritten));
  return { keys, was, is };
}

function excepted(exception: unknown): string {
  const names = mappings(valueAt(exception, "spec.exceptions")).map((one) =>
    textOf(one["policyName"]),
  );
  return `lets through what policies refuse (${names.join(", ") || "PolicyException"})`;
}
