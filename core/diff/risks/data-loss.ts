import { leavesOf } from "../leaves.ts";
import type { ObjectChange } from "../object-change.ts";
import { keysOf } from "../path.ts";
import { type Finding, high, medium } from "../risk.ts";
import { valueAt } from "../values.ts";
import { lostMounts } from "./lost-mounts.ts";

const policies = new Set([
  ...["persistentVolumeReclaimPolicy", "reclaimPolicy", "deletionPolicy", "whenDeleted"],
  ...["whenScaled", "cleanupPolicy", "pvcReclaimPolicy", "volumeReclaimPolicy"],
]);
// What holds where they are not written, of Kubernetes, External Secrets, and Crossplane.
const unwritten: readonly (readonly [group: RegExp, field: RegExp, policy: string])[] = [
  [/^/, /^(persistentVolumeReclaimPolicy|whenDeleted|whenScaled)$/, "Retain"],
  [/^external-secrets\.io$/, /^deletionPolicy$/, "Retain"],
  [/(^|\.)(crossplane|upbound)\.io$/, /^deletionPolicy$/, "Delete"],
];

/** Data that goes with its object from now on, or that pods no longer see. */
export function dataLoss(change: ObjectChange): readonly Finding[] {
  const { before, after, edits, identity } = change;
  if (before === undefined || after === undefined) return [];
  const counted = edits.filter(({ noise }) => noise === undefined);
  const turned = counted.flatMap(leavesOf).filter((leaf) => {
    const field = keysOf(leaf.path).at(-1);
    if (field === undefined || !policies.has(field)) return false;
    const own = unwritten.find(([group, its]) => group.test(identity.group) && its.test(field));
    const [was, is] = [leaf.before, leaf.after].map((policy) => policy ?? own?.[2]);
    if (isRetention(is)) return false;
    return isRetention(was) || (isDeletion(is) && !isDeletion(was));
  });
  return [
    ...turned.map(({ path }) =>
      high(`no longer keeps data when it goes (${keysOf(path).join(".")})`),
    ),
    ...(!isLeft(before) || isLeft(after) || turned.length > 0
      ? []
      : [high("no longer keeps data when it goes (managementPolicies)")]),
    ...lostMounts(change),
    ...lostFinalizers(before, after),
  ];
}

/** Crossplane: it may do all but delete. */
function isLeft(side: unknown): boolean {
  const policies = valueAt(side, "spec.managementPolicies");
  return Array.isArray(policies) && !policies.includes("*") && !policies.includes("Delete");
}

function isDeletion(policy: unknown): boolean {
  return /^(delete|destroy)/i.test(String(policy));
}

function isRetention(policy: unknown): boolean {
  return /^(retain|orphan)/i.test(String(policy));
}

function lostFinalizers(before: unknown, after: unknown): readonly Finding[] {
  const [old, next] = [before, after].map((side) => valueAt(side, "metadata.finalizers"));
  const left = Array.isArray(next) ? (next as unknown[]) : [];
  const lost = Array.isArray(old) ? old.filter((one) => !left.includes(one)) : [];
  return lost.length === 0
    ? []
    : [medium(`may go without its clean-up (finalizer ${lost.join(", ")})`)];
}
