import { currentPods } from "./current-pods.ts";
import type { Related } from "./current-pods.ts";
import type { Health } from "./health.ts";
import type { HowToTell } from "./object-health.ts";
import { objectHealth } from "./object-health.ts";
import { podDelay, replicaFailure } from "./pod-delay.ts";
import { podProblem } from "./pod-problem.ts";

const none: Related = { replicaSets: [], pods: [] };

/**
 * Health of a workload together with its pods: while it is not current, a pod of its newest form
 * that cannot start makes it failed, with the container's reason and image, and what holds one
 * back is said. kstatus alone would say "in progress" until the progress deadline.
 * @param workload with kind and apiVersion, which the items of a list lack.
 * @param related leave it out where the kind has none or they cannot be read.
 */
export function workloadHealth(
  workload: unknown,
  related: Related = none,
  how: HowToTell = {},
): Health {
  const own = objectHealth(workload, how);
  if (own.state !== "in-progress" && own.state !== "failed") return own;
  const pods = currentPods(workload, related);
  for (const pod of pods) {
    const problem = podProblem(pod);
    if (problem !== undefined) return { state: "failed", ...problem };
  }
  const why =
    pods.map(podDelay).find((delay) => delay !== undefined) ??
    replicaFailure([workload, ...related.replicaSets]);
  return why === undefined ? own : { ...own, cause: `${own.cause}; ${why}` };
}
