// Clients of others for `npm run test:clients`, each by its own package manager into the tool cache.
import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { takeFromCache } from "./cache.ts";

const pinned = {
  node: "azure-devops-node-api@17.0.1",
  python: ["azure-devops==7.1.0b4", "pygit2==1.21.0"],
  azureCli: "azure-cli==2.91.0",
};

/** The folder with the vendor's Node client in `node_modules`; undefined where npm cannot have it. */
export function ensureNodeClient(): Promise<string | undefined> {
  return install(pinned.node, "npm", (directory) => [
    ...[
      "install",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      "--prefix",
      directory,
      pinned.node,
    ],
  ]);
}

/** The `PYTHONPATH` of the vendor's Python client and of libgit2; undefined where pip cannot. */
export function ensurePythonClients(): Promise<string | undefined> {
  return installByPip(pinned.python);
}

/** The `PYTHONPATH` of the current Azure CLI (0.7 GB); undefined where pip cannot have it. */
export function ensureCurrentAzureCli(): Promise<string | undefined> {
  return installByPip([pinned.azureCli]);
}

/**
 * The `AZURE_EXTENSION_DIR` with the current extension azure-devops, as `az extension add` finds it
 * in the vendor's index; `FLUXGATE_AZURE_DEVOPS_EXTENSION` names a wheel of it where that index
 * cannot be reached. Undefined without either.
 */
export function ensureAzureDevOpsExtension(pythonPath: string): Promise<string | undefined> {
  const wheel = process.env["FLUXGATE_AZURE_DEVOPS_EXTENSION"];
  const key = `azure-devops-extension-${wheel === undefined ? "index" : basename(wheel)}`;
  const source = wheel === undefined ? ["--name", "azure-devops"] : ["--source", wheel];
  return install(key, "env", (directory) => [
    ...[`PYTHONPATH=${pythonPath}`, `AZURE_EXTENSION_DIR=${directory}`],
    ...[`AZURE_CONFIG_DIR=${join(directory, ".azure")}`, "AZURE_CORE_COLLECT_TELEMETRY=no"],
    ...["python3", "-m", "azure.cli", "extension", "add", ...source],
    ...["--yes", "--only-show-errors"],
  ]);
}

function installByPip(packages: readonly string[]): Promise<string | undefined> {
  return install(packages.join("-"), "python3", (directory) => [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", directory],
    ...packages,
  ]);
}

async function install(
  key: string,
  command: string,
  argumentsFor: (directory: string) => readonly string[],
): Promise<string | undefined> {
  try {
    return await takeFromCache(key.replaceAll(/[^\w.-]+/g, "-"), async (directory) => {
      const run = spawnSync(command, argumentsFor(directory), {
        encoding: "utf8",
        timeout: 900_000,
      });
      if (run.status !== 0) throw new Error(run.stderr || String(run.error));
    });
  } catch (error) {
    console.log(`Skipped: ${key} cannot be installed here: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}
