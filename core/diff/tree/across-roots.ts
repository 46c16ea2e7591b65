import type { Comparison } from "../compare-manifests.ts";
import { findRisks } from "../find-risks.ts";
import { withTakenAlong } from "../kept.ts";

type Found = Pick<Comparison, "objects" | "risks">;

/** What a Namespace takes along may be applied by another root than it. */
export function acrossRoots(found: readonly Found[]): Found {
  const each = found.flatMap((one) => one.objects);
  const objects = withTakenAlong(each);
  const taken = new Map(
    objects.filter((one, at) => one !== each[at]).map((one) => [one.identity, one] as const),
  );
  const risks = found.flatMap((one) => one.risks);
  return {
    objects,
    risks: risks.flatMap((risk) => {
      const one = taken.get(risk.identity);
      return one === undefined ? risk : findRisks([one]);
    }),
  };
}
