import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../../clients/run-process.ts";
import { sha256 } from "../../clients/sha256.ts";
import { isExact } from "../charts/vendored-chart.ts";
import { toolEnvironment } from "../processes/tool-environment.ts";

export type ChartAddress = {
  /** `https://charts.example.org`, or `oci://registry/path/chart`. */
  readonly url: string;
  /** Empty for an OCI address. */
  readonly chart: string;
  readonly version: string;
};

/** Gets a packaged chart. @throws Error in words. */
export type PullChart = (address: ChartAddress) => Promise<Uint8Array>;

const timeoutMs = 60_000;
// How agents reach the world, and where a step before may have logged in. Nothing else is handed on.
const passed = [
  ...["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "HELM_REGISTRY_CONFIG", "HELM_REPOSITORY_CONFIG"],
];

/** Pulls with helm, each address once; exact versions are kept in `cache`, where there is one. */
export function chartPuller(of: {
  readonly scratch: string;
  readonly cache?: string | undefined;
  readonly outer?: Readonly<Record<string, string | undefined>>;
}): PullChart {
  const known = new Map<string, Promise<Uint8Array>>();
  return (address) => {
    const key = JSON.stringify([address.url, address.chart, address.version]);
    const pulled = known.get(key) ?? readCachedOrPull(address, key, of);
    known.set(key, pulled);
    return pulled;
  };
}

type Place = Parameters<typeof chartPuller>[0];

async function readCachedOrPull(
  address: ChartAddress,
  key: string,
  of: Place,
): Promise<Uint8Array> {
  const isFixed = isExact(address.version) || address.version.startsWith("sha256:");
  const kept = of.cache !== undefined && isFixed ? join(of.cache, `${sha256(key)}.tgz`) : undefined;
  if (kept !== undefined) {
    try {
      return readFileSync(kept);
    } catch {
      // Not there yet.
    }
  }
  const bytes = await pull(address, of);
  if (kept !== undefined && of.cache !== undefined) {
    mkdirSync(of.cache, { recursive: true });
    const part = `${kept}.${process.pid}`;
    writeFileSync(part, bytes);
    renameSync(part, kept);
  }
  return bytes;
}

async function pull({ url, chart, version }: ChartAddress, of: Place): Promise<Uint8Array> {
  const isOci = url.startsWith("oci://");
  if (!/^(https?|oci):\/\/[^\s]+$/.test(url)) throw new Error(`${url} is no address of charts`);
  if (!isOci && !/^\w[\w.-]*$/.test(chart)) throw new Error(`"${chart}" is no name of a chart`);
  const { scratch, outer = process.env } = of;
  const folder = mkdtempSync(join(scratch, "pull-"));
  const isDigest = version.startsWith("sha256:");
  const what = isOci ? [isDigest ? `${url}@${version}` : url] : [`--repo=${url}`];
  const exact = isDigest || version === "latest" ? [] : [`--version=${version}`];
  const args = [
    "pull",
    ...what,
    ...exact,
    `--destination=${folder}`,
    ...(isOci ? [] : ["--", chart]),
  ];
  const env = {
    ...toolEnvironment(folder),
    ...Object.fromEntries(passed.flatMap((name) => (outer[name] ? [[name, outer[name]]] : []))),
  };
  try {
    const { code, stderr } = await runProcess({
      ...{ command: "helm", args, cwd: folder, env, limits: { timeoutMs } },
    });
    if (code !== 0) throw new Error(lastLine(stderr));
    const file = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    if (file === undefined) throw new Error("helm pulled nothing");
    return readFileSync(join(folder, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lastLine(stderr: string): string {
  const lines = stderr.trim().split("\n");
  return (lines.at(-1) ?? "").replace(/^Error: /, "").slice(0, 300) || "helm failed";
}
