import { spawnSync } from "node:child_process";
import { installPackages } from "./apt.ts";

/** Whether `az` with its extension azure-devops is there; installed from Debian where possible. */
export function ensureAzureCli(): boolean {
  return (
    hasAzureCli() ||
    (installPackages("the Azure CLI (1.5 GB, for its tests)", [
      "azure-cli",
      "python3-azext-devops",
    ]) &&
      hasAzureCli())
  );
}

function hasAzureCli(): boolean {
  const { status } = spawnSync("az", ["devops", "--help"], { stdio: "ignore", timeout: 120_000 });
  return status === 0;
}
