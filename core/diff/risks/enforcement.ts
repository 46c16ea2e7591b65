// Policies of a cluster that refuse what they do not like: Kyverno, Gatekeeper, the API server's own.
import { leavesOf } from "../leaves.ts";
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
  const leaves = edits.filter(({ noise }) => noise === undefined).flatMap(leavesOf);
  const weaker = leaves.filter((leaf) => {
    const strict = refusing[keysOf(leaf.path).at(-1) ?? ""];
    return strict?.test(textOf(leaf.before)) === true && !strict.test(textOf(leaf.after));
  });
  const isPolicy = policies.test(identity.group);
  const isOther = isPolicy && leaves.some(({ path }) => path[0] === "spec");
  if (weaker.length > 0) {
    const fields = weaker.map(({ path }) => keysOf(path).join("."));
    return [...new Set(fields)].map((field) => `no longer enforces what it did (${field})`);
  }
  return isOther ? ["enforces something else than before, or for others"] : [];
}

function excepted(exception: unknown): string {
  const names = mappings(valueAt(exception, "spec.exceptions")).map((one) =>
    textOf(one["policyName"]),
  );
  return `lets through what policies refuse (${names.join(", ") || "PolicyException"})`;
}
