import { clusterCases } from "./cluster-cases.ts";
import { controllerCases } from "./controller-cases.ts";
import { extensionCases } from "./extension-cases.ts";
import { podCases } from "./pod-cases.ts";
import type { ServerCase } from "./server-case.ts";
import { workloadCases } from "./workload-cases.ts";

/**
 * Of each kind one object that the API server takes; `unfit` and `wrong` change it into what it
 * refuses, `update` into what it takes as a new object but refuses as an update. A change is
 * `path: value`, where null takes the field away.
 */
export const serverCases: readonly ServerCase[] = [
  ...workloadCases,
  ...podCases,
  ...clusterCases,
  ...extensionCases,
  ...controllerCases,
];
