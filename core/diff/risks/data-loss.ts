import { mappings, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { keysOf } from "../path.ts";
import type { Finding } from "../risk.ts";
import { valueAt } from "../values.ts";

const policies = new Set([
  ...["persistentVolumeReclaimPolicy", "reclaimPolicy", "deletionPolicy", "whenDeleted"],
  ...["whenScaled", "cleanupPolicy", "pvcReclaimPolicy", "volumeReclaimPolicy"],
]);

/** Data that goes with its object from now on, or that pods no longer see. */
export function dataLoss({ before, after, edits }: ObjectChange): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const turned = edits.filter((edit) => {
    const field = keysOf(edit.path).at(-1) ?? "";
    if (!policies.has(field) || edit.noise !== undefined) return false;
    const is = edit.kind === "removed" ? undefined : edit.after;
    const was = edit.kind === "added" ? undefined : edit.before;
    return /^(delete|destroy)/i.test(String(is)) || /^(retain|orphan)/i.test(String(was));
  });
  return [
    ...turned.map((edit): Finding => ({
      severity: "high",
      text: `no longer keeps data when it goes (${keysOf(edit.path).join(".")})`,
    })),
    ...lostClaims(before, after),
    ...lostFinalizers(before, after),
  ];
}

function lostClaims(before: ObjectChange["before"], after: ObjectChange["after"]) {
  const [old, next] = [before, after].map((side) =>
    mappings(podSpecOf(side)?.["volumes"]).flatMap((volume) => {
      const claim = valueAt(volume, "persistentVolumeClaim.claimName");
      return typeof claim === "string" ? [claim] : [];
    }),
  );
  return (old ?? [])
    .filter((claim) => !next?.includes(claim))
    .map((claim): Finding => ({
      severity: "high",
      text: `no longer mounts the claim ${claim}: its pods start without that data`,
    }));
}

function lostFinalizers(before: unknown, after: unknown): readonly Finding[] {
  const [old, next] = [before, after].map((side) => valueAt(side, "metadata.finalizers"));
  const left = Array.isArray(next) ? (next as unknown[]) : [];
  const lost = Array.isArray(old) ? old.filter((one) => !left.includes(one)) : [];
  return lost.length === 0
    ? []
    : [{ severity: "medium", text: `may go without its clean-up (finalizer ${lost.join(", ")})` }];
}
