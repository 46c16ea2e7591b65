import { clusterCases } from "./cluster-cases.ts";
import type { ServerCase } from "./server-case.ts";
import { workloadCases } from "./workload-cases.ts";

/**
 * Of each kind one object that the API server takes; `wrong` changes it into what it refuses, `update`
 * into what it takes as a new object but refuses as an update. A change is `path: value`, where null
 * takes the field away.
 */
export const serverCases: readonly ServerCase[] = [...workloadCases, ...clusterCases];
