import { stopSharedCluster } from "./shared-cluster.ts";

/** Loaded by `npm run test:cluster`: the cluster that all scenarios share ends with them. */
export const mochaHooks = { afterAll: () => stopSharedCluster() };
