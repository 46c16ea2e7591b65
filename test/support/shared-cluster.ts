import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRealFlux } from "../../sandbox/flux-real/start.ts";
import type { FluxCluster } from "../../sandbox/flux.ts";
import { ensureCluster } from "../../scripts/tools/cluster.ts";

let started: Promise<FluxCluster> | undefined;

/** Which Flux the scenarios run on: `npm test` the embedded, `npm run test:cluster` the real one. */
export function fluxForm(): FluxCluster["form"] {
  return process.env["FLUXGATE_FLUX"] === "real" ? "real" : "embedded";
}

/**
 * The real cluster, one for all files of a process, with which it ends; undefined: each test starts its
 * own double.
 */
export async function sharedCluster(): Promise<FluxCluster | undefined> {
  if (fluxForm() === "embedded") return undefined;
  started ??= startShared();
  return started;
}

async function startShared(): Promise<FluxCluster> {
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-cluster-"));
  return startRealFlux({ directory, binaries: await ensureCluster() });
}
