// Ten clusters with a thousand Kustomizations each: what the connector's process holds, how long it
// takes to read all of it, and what it asks of Azure DevOps then. The clusters are one API under ten
// names, which the connector cannot know.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { createSandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../../sandbox/pipelines/create-pipelines.ts";
import { gitPush } from "../../../sandbox/test/support/git-push.ts";
import { restOf } from "../../../sandbox/test/support/rest.ts";
import { startConnector } from "../../start/connector-process.ts";
import { pause, readCalls, readMetrics } from "./bench-loop.ts";
import type { Row } from "./count-calls.ts";
import { startStillCluster, type StillCluster } from "./still-cluster.ts";

const size = { clusters: 10, kustomizations: 1_000, objects: 10 };
const dist = resolve(import.meta.dirname, "../../../dist");
const bundle = join(dist, "connector/main.mjs");
const mebibyte = 1024 * 1024;

/** @param kustomizations in each cluster */
export async function measureManyObjects(
  kustomizations = size.kustomizations,
): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-bench-"));
  const sandbox = await createSandbox({
    seed: {
      organisation: "fabrikam",
      projects: [
        { name: "shop", repositories: [{ name: "manifests", files: { "README.md": "" } }] },
      ],
    },
    // Without them every look for runs fails, and is repeated.
    parts: [createPipelines({ seed: { definitions: [] }, extensionDirectory: dist })],
  });
  const kubeconfig = join(directory, "kubeconfig.yaml");
  const cluster = await startStillCluster(kubeconfig);
  try {
    const teams = Array.from({ length: kustomizations }, (_, index) => `team-${index}`);
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    const files = Object.fromEntries(teams.map((team) => [`dev/${team}/map.yaml`, map(team)]));
    const before = await gitPush(url, { files, as: "admin" });
    // As after a restart: the commit before was well, and one file has changed since.
    await restOf(sandbox, "connector").send(
      "POST",
      `shop/_apis/git/repositories/manifests/commits/${before}/statuses`,
      { state: "succeeded", context: { genre: "fluxgate", name: "dev" } },
    );
    const change = { "dev/team-0/map.yaml": `${map("team-0")}data: { changed: "1" }\n` };
    const commit = await gitPush(url, { files: change, as: "admin" });
    fill(cluster, { url, commit, teams });
    const names = Array.from({ length: size.clusters }, (_, index) => `cluster-${index}`);
    const configFile = join(directory, "connector.yaml");
    const { organisationUrl } = sandbox;
    await writeFile(configFile, configOf({ organisationUrl, kubeconfig, names }));
    const logFile = join(directory, "connector.log");
    const began = performance.now();
    const connector = await startConnector({
      ...{ bundle, configFile, logFile, token: "sandbox-connector", onDeath: console.error },
      env: { NODE_OPTIONS: sizedAsInThePod },
    });
    const started = performance.now() - began;
    try {
      return await measure({ logFile, started, kustomizations });
    } finally {
      await connector.stop();
    }
  } finally {
    await cluster.close();
    await sandbox.close();
    await rm(directory, { recursive: true, force: true });
  }
}

const restMs = 90_000;

// V8 sizes itself by the limit of its container (chart: 768 MiB): half of it for old objects, and of
// that a 128th for each half of the young ones (heap.cc, HeapSizeFromPhysicalMemory). On a machine
// with more it collects later, and what is at rest is mostly garbage.
const sizedAsInThePod = "--max-old-space-size=384 --max-semi-space-size=3";

async function measure(of: {
  readonly logFile: string;
  readonly started: number;
  readonly kustomizations: number;
}): Promise<readonly Row[]> {
  const { logFile, started, kustomizations } = of;
  const cpu = await readValue(logFile, "process_cpu_seconds_total");
  const begun = performance.now();
  // The first look at everything; what comes at each interval later is at rest.
  let calls = await readCalls(logFile);
  let quietSince = performance.now();
  while (performance.now() - quietSince < 12_000 && performance.now() - begun < 240_000) {
    await pause(1_000);
    const now = await readCalls(logFile);
    if (now > calls + 1) quietSince = performance.now();
    calls = now;
  }
  await pause(restMs);
  const memory = (await readValue(logFile, "process_resident_memory_bytes")) / mebibyte;
  const used = (await readValue(logFile, "nodejs_heap_size_used_bytes")) / mebibyte;
  const heap = (await readValue(logFile, "nodejs_heap_size_total_bytes")) / mebibyte;
  const later = await readCalls(logFile);
  // What is asked most seldom is asked every ten minutes.
  await pause(600_000);
  const idle = ((await readCalls(logFile)) - later) / 10;
  const what = `${size.clusters} clusters × ${kustomizations} Kustomizations`;
  return [
    { what: `${what}: memory`, measured: Math.round(memory), budget: 256, unit: "MiB at rest" },
    { what: "  of it V8's heap", measured: Math.round(heap), unit: "MiB" },
    { what: "  of that in use", measured: Math.round(used), unit: "MiB" },
    {
      what: "  all listed, from the start of the process",
      measured: started / 1000,
      budget: 10,
      unit: "s",
    },
    { what: "  the same", measured: cpu, unit: "s of CPU" },
    { what: "  calls of the first look", measured: calls, unit: "calls" },
    // Each cluster's report to the hub is written anew every ten minutes: one a minute of them.
    { what: "  idle", measured: idle, budget: 6, unit: "calls a minute" },
  ];
}

async function readValue(logFile: string, name: string): Promise<number> {
  const lines = (await readMetrics(logFile)).split("\n");
  return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length));
}

function configOf(of: {
  readonly organisationUrl: string;
  readonly kubeconfig: string;
  readonly names: readonly string[];
}): string {
  const { organisationUrl, kubeconfig, names } = of;
  return stringify({
    ...{ apiVersion: "fluxgate.dev/v1", kind: "ConnectorConfig", mode: "full" },
    azureDevOps: { organisationUrl },
    listen: { host: "127.0.0.1", port: 0 },
    repositories: [{ name: "manifests", project: "shop", repository: "manifests", branch: "main" }],
    clusters: names.map((name) => ({ name, kubeconfig })),
    environments: [
      {
        ...{ name: "dev", repository: "manifests", path: "dev" },
        clusters: names.map((name) => ({ name, active: true })),
      },
    ],
  });
}

function fill(
  cluster: StillCluster,
  of: { readonly url: string; readonly commit: string; readonly teams: readonly string[] },
): void {
  const { url, commit, teams } = of;
  const revision = `main@sha1:${commit}`;
  const lastTransitionTime = "2026-01-01T00:00:00Z";
  const ready = { type: "Ready", status: "True", lastTransitionTime, message: "" };
  cluster.write({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "manifests", namespace: "flux-system" },
    spec: { url, interval: "1m", ref: { branch: "main" } },
    status: {
      observedGeneration: 1,
      artifact: { revision, digest: `sha256:${commit}` },
      conditions: [{ ...ready, reason: "Succeeded" }],
    },
  });
  for (const team of teams) {
    const entries = Array.from({ length: size.objects }, (_, index) => ({
      id: `default_${team}-${index}__ConfigMap`,
      v: "v1",
    }));
    cluster.write({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: {
        name: team,
        namespace: "flux-system",
        labels: { "fluxgate.dev/environment": "dev" },
      },
      spec: {
        ...{ interval: "10m", path: `./dev/${team}`, prune: true },
        sourceRef: { kind: "GitRepository", name: "manifests" },
      },
      status: {
        ...{
          observedGeneration: 1,
          lastAppliedRevision: revision,
          lastAttemptedRevision: revision,
        },
        inventory: { entries },
        conditions: [{ ...ready, reason: "ReconciliationSucceeded" }],
      },
    });
  }
}

function map(team: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${team}-0, namespace: default }\n`;
}
