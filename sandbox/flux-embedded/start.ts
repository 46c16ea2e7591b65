import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import type { FluxCluster } from "../flux.ts";
import { applyObject, createObject, type Api } from "./api/admit.ts";
import { createKinds } from "./api/kinds.ts";
import { isRecord, type KubeObject } from "./api/kube-object.ts";
import { createStore } from "./api/store.ts";
import type { Cluster, Timings } from "./cluster.ts";
import { selfSignedCertificate } from "./http/certificate.ts";
import { serveApi } from "./http/serve-api.ts";
import { fluxDefinitions } from "./toolkit/definitions.ts";
import { createNotifier } from "./toolkit/notifications.ts";
import { eventRecorder } from "./toolkit/record-events.ts";
import { startToolkit } from "./toolkit/start-toolkit.ts";
import { openToOthers } from "./toolkit/target-cluster.ts";
import { slowImageSeconds } from "./workloads/image-behaviour.ts";
import { startWorkloads } from "./workloads/start-workloads.ts";

export type EmbeddedFluxOptions = {
  /** For the kubeconfig, fetched repositories and artifacts; removed by `stop()`. */
  readonly directory: string;
  /** Path of kubectl, for `kubectl kustomize`. */
  readonly kubectl: string;
  /** Path of helm, for `helm template`. */
  readonly helm: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly timings?: Partial<Timings>;
  /** What no controller expected; the default writes nothing. */
  readonly onError?: (error: unknown) => void;
};

const defaultTimings: Timings = {
  healthPoll: 1000,
  requeueDependency: 2000,
  minimumTimeout: 30_000,
  slowImage: slowImageSeconds * 1000,
  bookmark: 60_000,
};

/** A Kubernetes API with Flux' and the workload controllers' behaviour, in this process. */
export async function startEmbeddedFlux(options: EmbeddedFluxOptions): Promise<FluxCluster> {
  const { directory, kubectl, helm, port = 0, onError = () => undefined } = options;
  await mkdir(directory, { recursive: true });
  const stopping = new AbortController();
  // Every pass that waits and every program that runs listens for the end.
  setMaxListeners(0, stopping.signal);
  const api: Api = { kinds: createKinds(), store: createStore(), applied: new Map() };
  const timings = { ...defaultTimings, ...options.timings };
  const { signal } = stopping;
  const recordEvent = eventRecorder(api);
  const cluster: Cluster = {
    api,
    directory,
    kubectl,
    helm,
    timings,
    signal,
    record: (event) => {
      if (signal.aborted) return;
      recordEvent(event);
      if (!event.quiet) notify(event);
    },
  };
  const notify = createNotifier(cluster);
  for (const name of ["default", "kube-system", "flux-system"]) createObject(api, namespace(name));
  for (const definition of fluxDefinitions()) createObject(api, definition);
  const stopWorkloads = startWorkloads(cluster, onError);
  const stopToolkit = startToolkit(cluster, onError);

  // As behind a server that has run for a while: what made it up is no news.
  api.store.forget();
  const token = randomBytes(24).toString("base64url");
  const tls = selfSignedCertificate();
  const bookmarkMs = timings.bookmark;
  const server = await serveApi(api, { port, tokens: [token], bookmarkMs, ...tls });
  const url = `https://127.0.0.1:${server.port}`;
  const close = openToOthers(url, api);
  const kubeconfig = join(directory, "kubeconfig.yaml");
  await writeFile(kubeconfig, kubeconfigText({ url, token, certificate: tls.certificate }), {
    mode: 0o600,
  });
  return {
    form: "embedded",
    kubeconfig,
    url,
    apply: async (yaml) => {
      for (const object of documents(yaml)) applyObject(api, object, { manager: "kubectl" });
    },
    stop: async () => {
      stopping.abort();
      close();
      await Promise.all([server.close(), stopToolkit(), stopWorkloads()]);
      await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

function namespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function documents(yaml: string): KubeObject[] {
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as unknown)
    .filter(isRecord) as KubeObject[];
}

function kubeconfigText(at: {
  readonly url: string;
  readonly token: string;
  readonly certificate: string;
}): string {
  const name = "fluxgate-sandbox";
  const authority = Buffer.from(at.certificate).toString("base64");
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: at.url, "certificate-authority-data": authority } }],
    users: [{ name, user: { token: at.token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}
