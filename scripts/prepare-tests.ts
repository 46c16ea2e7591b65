import { ensureBuilt, parts, type PartName } from "./build/ensure-built.ts";
import { ensureAzureCli } from "./tools/azure-cli.ts";
import { ensureChromium } from "./tools/chromium.ts";
import { ensureCluster } from "./tools/cluster.ts";
import { ensureJsonnet, ensureTools } from "./tools.ts";

/**
 * Brings what tests run against, one after another and before any of them: tools, bundles and,
 * where asked for, the real cluster's binaries.
 */
export async function prepareTests(of: {
  readonly onCluster: boolean;
  readonly withClients: boolean;
}): Promise<void> {
  const { onCluster, withClients } = of;
  if (withClients && !ensureAzureCli()) {
    console.error("No Azure CLI with its extension azure-devops was found: its tests are skipped.");
  }
  await ensureTools();
  if (onCluster) {
    await ensureCluster();
    await ensureBuilt(["tasks", "connector"]);
    return;
  }
  await ensureJsonnet();
  if (ensureChromium() === undefined) {
    console.error("No Chromium was found: the browser's tests are skipped.");
  }
  await ensureBuilt(Object.keys(parts) as PartName[]);
}
