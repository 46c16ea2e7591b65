// A Kubernetes API that tells untruths: it passes on what it is asked to the one behind it, and
// answers as ordered in its place. TLS ends here, so that it can read what goes by.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, createServer, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { FluxCluster } from "../../sandbox/flux.ts";
import { selfSignedCertificate } from "../../sandbox/flux-embedded/http/certificate.ts";
import { lieTo, lies, type Lie } from "./lies.ts";

export type LyingApi = {
  /** Writes the kubeconfig that leads here. */
  readonly kubeconfig: (flux: FluxCluster) => string;
  /**
   * From now on each route is answered with these in turn, each once, then truly. Without any:
   * truly at once.
   */
  readonly tell: (lies: readonly Lie[]) => void;
  /** `list apis/apps/v1/deployments` → how often it was lied to since the last order. */
  readonly told: () => ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
};

type Config = {
  readonly clusters: readonly { readonly cluster: { server: string } }[];
};

export async function lyingApi(): Promise<LyingApi> {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-lies-"));
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const { key, certificate: cert } = selfSignedCertificate();
  let target = "";
  let order: readonly Lie[] = [];
  const told = new Map<string, number>();

  const server = createServer({ key, cert }, (request, response) => {
    const name = routeOf(request);
    const before = told.get(name) ?? 0;
    const lie = order.filter((one) => isToldOf(one, verbOf(request)))[before];
    if (lie !== undefined) told.set(name, before + 1);
    answer({ request, response, lie });
  });

  function answer(of: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly lie: Lie | undefined;
  }): void {
    const { request, response, lie } = of;
    const { method = "GET", url = "/", headers } = request;
    const upstream = httpsRequest(
      new URL(url, target),
      { method, agent, headers: { ...headers, host: new URL(target).host } },
      (real) => lieTo({ real, response, isWatch: verbOf(request) === "watch", lie }),
    );
    upstream.on("error", () => response.destroy());
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: ({ kubeconfig, url }) => {
      target = url;
      const config = parse(readFileSync(kubeconfig, "utf8")) as Config;
      const cluster = { server: `https://127.0.0.1:${port}`, "insecure-skip-tls-verify": true };
      const clusters = config.clusters.map((one) => ({ ...one, cluster }));
      const file = join(folder, "kubeconfig.yaml");
      writeFileSync(file, stringify({ ...config, clusters }), { mode: 0o600 });
      return file;
    },
    tell: (given) => {
      order = given;
      told.clear();
    },
    told: () => told,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      agent.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isToldOf(lie: Lie, verb: string): boolean {
  const verbs: readonly string[] = lies[lie];
  return verbs.includes(verb);
}

/** `get`, `list`, `watch`, `discover`, `log`, or what it writes. */
function verbOf({ method = "GET", url = "/" }: IncomingMessage): string {
  if (method !== "GET") return method.toLowerCase();
  const { pathname, searchParams } = new URL(url, "https://api");
  if (searchParams.has("watch")) return "watch";
  if (pathname.endsWith("/log")) return "log";
  const below = pathname.split("/").slice(pathname.startsWith("/api/") ? 3 : 4);
  if (below.length === 0) return "discover";
  const named = below[0] === "namespaces" && below.length > 2 ? below.length - 2 : below.length;
  return named % 2 === 0 ? "get" : "list";
}

// Names of namespaces and objects are left out: one name for all calls of a route.
function routeOf(request: IncomingMessage): string {
  const { pathname } = new URL(request.url ?? "/", "https://api");
  const verb = verbOf(request);
  const parts = pathname.split("/").filter(Boolean);
  const from = parts[0] === "api" ? 2 : 3;
  const below = parts.slice(from);
  const inNamespace = below[0] === "namespaces" && below.length > 2;
  const [resource = "", , sub] = inNamespace ? below.slice(2) : below;
  const kind = [...parts.slice(0, from), resource, sub].filter(Boolean).join("/");
  return `${verb} ${kind}`;
}
