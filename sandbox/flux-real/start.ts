import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { FluxCluster } from "../flux.ts";
import { apiClient, type ApiClient } from "./api-client.ts";
import { apiServer, etcd, workloadProcesses, type Command, type Layout } from "./control-plane.ts";
import { fluxControllers } from "./flux-controllers.ts";
import { findFreePorts } from "./free-ports.ts";
import { podStages } from "./pod-stages.ts";
import { createProcessGroup } from "./process-group.ts";

export type RealFluxOptions = {
  /** For data, logs and the kubeconfig; removed by `stop()`, or when this process ends. */
  readonly directory: string;
  /** Folder of the binaries, with `crds/` and `stages/` (scripts/tools/cluster.ts). */
  readonly binaries: string;
};

const node = "sandbox-node";
const patienceMs = 60_000;

/** A real kube-apiserver with etcd, controllers, kwok and Flux, as processes of this machine. */
export async function startRealFlux({
  directory,
  binaries,
}: RealFluxOptions): Promise<FluxCluster> {
  await mkdir(join(directory, "artifacts"), { recursive: true });
  const ports = await findFreePorts(20);
  const [apiPort = 0, ...others] = ports;
  const kubeconfig = join(directory, "kubeconfig.yaml");
  const layout: Layout = { directory, kubeconfig, apiPort, port: () => others.pop() ?? 0 };
  const url = `https://127.0.0.1:${apiPort}`;
  const token = randomBytes(24).toString("base64url");
  await writeSecrets(directory, token);
  await writeStages(directory, binaries);

  const group = createProcessGroup(directory);
  const start = ({ name, args, env = {} }: Command) => {
    // The module of etcd's command is called server.
    const command = join(binaries, name === "etcd" ? "server" : name);
    group.start({ name, command, args, env });
  };
  const stop = group.stop;
  try {
    const store = etcd(layout);
    start(store);
    start(apiServer(layout, store.url));
    const until = (what: string, holds: () => Promise<boolean>) =>
      Promise.race([waitUntil(what, holds), group.broken]);
    const api = apiClient(url, token);
    await until("kube-apiserver", async () => (await api.get("/readyz")).status === 200);
    await writeKubeconfig(layout, { url, token });
    for (const command of workloadProcesses(layout)) start(command);
    const { apply } = api;
    await apply(nodeAndNamespace());
    const definitions = await readDefinitions(binaries);
    for (const definition of definitions) await apply(definition);
    await until("Flux' kinds", () => waitUntilKindsAreServed(api, definitions));
    const flux = fluxControllers(layout);
    for (const controller of flux) start(controller);
    for (const { name, readyUrl } of flux) {
      await until(name, async () => (await fetch(readyUrl)).ok);
    }
    await until("a node for pods", () => waitUntilNodeTakesPods(api));
    return { form: "real", kubeconfig, url, apply, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeSecrets(directory: string, token: string): Promise<void> {
  const mode = { mode: 0o600 };
  await writeFile(join(directory, "tokens.csv"), `${token},admin,admin,"system:masters"\n`, mode);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs1", format: "pem" });
  await writeFile(join(directory, "service-accounts.key"), key, mode);
}

async function writeStages(directory: string, binaries: string): Promise<void> {
  const folder = join(binaries, "stages");
  const names = await readdir(folder);
  const nodeStages = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  const stages = [...nodeStages, ...podStages.map((stage) => stringify(stage))];
  await writeFile(join(directory, "stages.yaml"), stages.join("\n---\n"));
}

async function writeKubeconfig(
  { directory, kubeconfig }: Layout,
  { url, token }: { readonly url: string; readonly token: string },
): Promise<void> {
  const name = "fluxgate-sandbox";
  // kube-apiserver signs its own certificate and puts the authority behind it in the same file.
  const certificate = await readFile(join(directory, "certificates", "apiserver.crt"));
  const authority = certificate.toString("base64");
  const content = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: url, "certificate-authority-data": authority } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  await writeFile(kubeconfig, stringify(content), { mode: 0o600 });
}

function nodeAndNamespace(): string {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "flux-system" } };
  const labels = { "kubernetes.io/hostname": node, "kubernetes.io/os": "linux" };
  const annotations = { "kwok.x-k8s.io/node": "fake" };
  const fake = { apiVersion: "v1", kind: "Node", metadata: { name: node, labels, annotations } };
  return [namespace, fake].map((object) => stringify(object)).join("---\n");
}

async function readDefinitions(binaries: string): Promise<string[]> {
  const folder = join(binaries, "crds");
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
}

// A controller that starts before gives up at once.
async function waitUntilKindsAreServed(
  api: ApiClient,
  definitions: readonly string[],
): Promise<boolean> {
  for (const definition of definitions) {
    const { spec } = parse(definition) as {
      spec: { group: string; names: { plural: string }; versions: { name: string }[] };
    };
    for (const { name } of spec.versions) {
      const { body } = await api.get(`/apis/${spec.group}/${name}`);
      if (!body.includes(`"name":"${spec.names.plural}"`)) return false;
    }
  }
  return true;
}

async function waitUntilNodeTakesPods(api: ApiClient): Promise<boolean> {
  const { body } = await api.get(`/api/v1/nodes/${node}`);
  const { spec } = JSON.parse(body) as { spec?: { taints?: unknown[] } };
  return (spec?.taints ?? []).length === 0;
}

async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`${what} was not ready within 60 s`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
