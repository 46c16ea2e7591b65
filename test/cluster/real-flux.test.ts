import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureCluster } from "../../scripts/tools/cluster.ts";
import { startRealFlux } from "../../sandbox/flux-real/start.ts";
import { caseGroups, fluxContract } from "../../sandbox/test/flux/flux-contract.ts";

fluxContract(
  "the real Flux",
  async () => {
    const binaries = await ensureCluster();
    const directory = await mkdtemp(join(tmpdir(), "fluxgate-flux-"));
    return startRealFlux({ directory, binaries });
  },
  Object.values(caseGroups),
);
