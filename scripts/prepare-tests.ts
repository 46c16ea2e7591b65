import { userMessage } from "../core/errors.ts";
import { ensureBuilt, parts, type PartName } from "./build/ensure-built.ts";
import { ensureAzureCli } from "./tools/azure-cli.ts";
import { ensureFrugalChromium } from "./tools/chromium.ts";
import { ensureCluster } from "./tools/cluster.ts";
import { ensureKube } from "./kube/ensure-kube.ts";
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
  // Most tests start neither.
  await ensureTools().catch((cause: unknown) => {
    console.error(`${userMessage(cause)} The tests that start helm or kubectl fail.`);
  });
  await prepareKube();
  if (onCluster) {
    await ensureCluster();
    await ensureBuilt(["tasks", "connector"]);
    return;
  }
  await ensureJsonnet();
  if (ensureFrugalChromium() === undefined) {
    console.error("No Chromium was found: the browser's tests are skipped.");
  }
  await ensureBuilt(Object.keys(parts) as PartName[]);
}

// Offline with an empty cache, or without Go, the product works without; so do its tests.
async function prepareKube(): Promise<void> {
  const cause = await ensureKube().then(
    (folder) => (folder === undefined ? "no Go was found." : undefined),
    userMessage,
  );
  if (cause === undefined) return;
  console.error(`The tests of Flux's and Kubernetes' own code are skipped: ${cause}`);
}
