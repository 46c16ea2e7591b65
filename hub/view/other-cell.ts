import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { imagesOfWorkloads, type PlacedWorkload } from "./apps-view.ts";
import type { CellView } from "./cell-view.ts";
import { clusterView } from "./cluster-view.ts";
import { count } from "../../core/count.ts";

/**
 * What no delivery brought: no commit status speaks of it alone, so that its cluster's report is all
 * that is known. Never green: anybody may have written that.
 */
export function otherCell(
  workloads: readonly PlacedWorkload[],
  of: { readonly snapshots: readonly EnvironmentSnapshot[]; readonly now: number },
): CellView {
  const old = of.snapshots.filter((snapshot) => !clusterView(snapshot, of.now).current);
  const stale = workloads.some(({ cluster }) => old.some((one) => one.cluster === cluster));
  const broken = workloads.filter(({ health }) => health === "failed" || health === "missing");
  const [first] = broken;
  const well = workloads.every(({ health }) => health === "current");
  return {
    ...stateOf({ stale, broken: broken.length, well }),
    cause:
      first === undefined ? "" : `${first.kind} ${first.name} is ${first.health}: ${first.cause}`,
    ...{ age: undefined, behind: undefined, reviews: [], waits: [] },
    attention: broken.length > 0,
    versions: [
      { label: "in the cluster", commit: undefined, images: imagesOfWorkloads(workloads) },
    ],
  };
}

function stateOf(of: { readonly stale: boolean; readonly broken: number; readonly well: boolean }) {
  if (of.stale) return { tone: "warning", state: "Stale report of its cluster" } as const;
  if (of.broken > 0) {
    const state = `${count(of.broken, "workload")} failing, as its cluster says`;
    return { tone: "warning", state } as const;
  }
  return of.well
    ? ({ tone: "plain", state: "Well, as its cluster says" } as const)
    : ({ tone: "running", state: "Not settled, as its cluster says" } as const);
}
