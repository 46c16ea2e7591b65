import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedFlux } from "../../flux-embedded/start.ts";
import type { FluxCluster } from "../../flux.ts";
import { ensureTools } from "../../../scripts/tools.ts";

/** The double for the contract; what its controllers do not expect fails the test run. */
export async function embeddedFlux(): Promise<FluxCluster> {
  const { kubectl, helm } = await ensureTools();
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-flux-"));
  // Nobody waits half a minute for a timeout here; the real one allows no less.
  const timings = { minimumTimeout: 5000, bookmark: 500 };
  const onError = (error: unknown) => {
    throw error;
  };
  return startEmbeddedFlux({ directory, kubectl, helm, timings, onError });
}
