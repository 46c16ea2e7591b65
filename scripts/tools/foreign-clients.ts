// Clients of others for `npm run test:clients`, each by its own package manager into the tool cache.
import { spawnSync } from "node:child_process";
import { takeFromCache } from "./cache.ts";

const pinned = {
  node: "azure-devops-node-api@17.0.1",
  python: ["azure-devops==7.1.0b4", "pygit2==1.21.0"],
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
  return install(pinned.python.join("-"), "python3", (directory) => [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", directory],
    ...pinned.python,
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
        timeout: 300_000,
      });
      if (run.status !== 0) throw new Error(run.stderr || String(run.error));
    });
  } catch (error) {
    console.log(`Skipped: ${key} cannot be installed here: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}
