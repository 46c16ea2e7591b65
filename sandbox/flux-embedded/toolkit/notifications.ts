// notification-controller (v1.9): an event that an Alert wants goes to its Provider, as JSON by POST.
// Only the generic providers and azuredevops; losing an event is part of the original and so of this.
import { createHash, createHmac } from "node:crypto";
import { parse } from "yaml";
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster, type RecordedEvent } from "../cluster.ts";
import { postCommitStatus } from "./commit-statuses.ts";
import { parseDuration } from "./durations.ts";
import { alertVersion, matchingAlerts, type AlertSpec } from "./matching-alerts.ts";

type ProviderSpec = {
  readonly type: string;
  readonly address?: string;
  readonly timeout?: string;
  readonly secretRef?: { readonly name: string };
  readonly suspend?: boolean;
};

const rateLimitMs = 5 * 60_000;
const annotationPrefix = "event.toolkit.fluxcd.io/";
const retryDelays = [2000, 4000, 8000, 16_000];

/** Dispatches events; the same one within five minutes is dropped, whatever became of the first. */
export function createNotifier(cluster: Cluster): (event: RecordedEvent) => void {
  const seen = new Map<string, number>();
  return (event) => {
    const key = duplicateKey(event);
    const now = performance.now();
    if (now - (seen.get(key) ?? -rateLimitMs) < rateLimitMs) return;
    seen.set(key, now);
    for (const alert of matchingAlerts(cluster, event)) dispatch(cluster, event, alert);
  };
}

function duplicateKey({ object, message, metadata = {} }: RecordedEvent): string {
  const { namespace, name } = object.metadata;
  const parts = [name, namespace, object.kind, message, metadata["revision"] ?? ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function dispatch(cluster: Cluster, event: RecordedEvent, alert: KubeObject): void {
  const spec = alert.spec as AlertSpec;
  const { namespace = "" } = alert.metadata;
  const { store } = cluster.api;
  const { name } = spec.providerRef;
  const provider = store.get({ kind: kindOf(cluster, alertVersion, "Provider"), namespace, name });
  const { type, address, secretRef, suspend, timeout } = (provider?.spec ?? {}) as ProviderSpec;
  if (!type || suspend || !(type.startsWith("generic") || type === "azuredevops")) return;
  const secret =
    secretRef &&
    store.get({ kind: kindOf(cluster, "v1", "Secret"), namespace, name: secretRef.name });
  const data = (secret?.["data"] ?? {}) as Record<string, string>;
  const read = (field: string) => Buffer.from(data[field] ?? "", "base64").toString("utf8");
  const url = read("address") || address;
  if (!url) return;
  const limit = AbortSignal.timeout(parseDuration(timeout) ?? 15_000);
  const signal = AbortSignal.any([limit, cluster.signal]);
  if (type === "azuredevops") {
    const uid = provider?.metadata.uid ?? "";
    const told = { ...event, metadata: bodyOf(event, spec).metadata ?? {} };
    // What does not arrive is lost, as with the original.
    postCommitStatus(told, { address: url, token: read("token"), uid }, signal).catch(() => {});
    return;
  }
  const body = JSON.stringify(bodyOf(event, spec));
  const signature = createHmac("sha256", read("token")).update(body).digest("hex");
  const headers = {
    "Content-Type": "application/json",
    "Gotk-Component": event.controller,
    ...((parse(read("headers")) ?? {}) as Record<string, string>),
    ...(type === "generic-hmac" ? { "X-Signature": `sha256=${signature}` } : {}),
  };
  void post(url, { method: "POST", headers, body, signal });
}

function bodyOf(
  { object, type, reason, message, controller, metadata }: RecordedEvent,
  spec: AlertSpec,
) {
  const { kind, apiVersion } = object;
  const { namespace, name, uid, resourceVersion } = object.metadata;
  const fromObject = Object.entries(object.metadata.annotations ?? {})
    .filter(([key]) => key.startsWith(annotationPrefix))
    .map(([key, value]) => [key.slice(annotationPrefix.length), value]);
  const own = { ...metadata };
  delete own["digest"];
  const merged = {
    ...(Object.fromEntries(fromObject) as Record<string, string>),
    ...spec.eventMetadata,
    ...(spec.summary ? { summary: spec.summary } : {}),
    ...own,
  };
  return {
    involvedObject: { kind, namespace, name, uid, apiVersion, resourceVersion },
    severity: type === "Normal" ? "info" : "error",
    timestamp: timestamp(),
    message,
    reason,
    // As Go writes it: keys in order, nothing for no entries.
    ...(Object.keys(merged).length > 0 ? { metadata: sortKeys(merged) } : {}),
    reportingController: controller,
    reportingInstance: `${controller}-0`,
  };
}

function sortKeys(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// Server errors, 429 and broken connections are tried again until the provider's timeout.
async function post(url: string, request: RequestInit & { readonly signal: AbortSignal }) {
  for (const delay of [...retryDelays, 0]) {
    try {
      const { status } = await fetch(url, request);
      if (status < 500 && status !== 429) return;
      if (status === 501) return;
    } catch {
      if (request.signal.aborted) return;
    }
    await pause(delay, request.signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
