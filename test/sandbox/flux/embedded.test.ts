import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTools } from "../../../scripts/tools.ts";
import { startEmbeddedFlux } from "../../../sandbox/flux-embedded/start.ts";
import { fluxContract } from "./flux-contract.ts";

fluxContract("the embedded Flux", async () => {
  const { kubectl } = await ensureTools();
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-flux-"));
  // Nobody waits half a minute for a timeout here; the real one allows no less.
  const timings = { minimumTimeout: 5000 };
  return startEmbeddedFlux({ directory, kubectl, timings });
});
