// One cluster's API, by a kubeconfig or from inside the cluster. Answers stay plain JSON: the typed
// clients of the library turn times into Dates and drop fields that they do not know.
import { existsSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { KubeConfig, Watch } from "@kubernetes/client-node";
import { HttpError, InputError, TerminalError, causeText } from "../../core/errors.ts";
import { createHostClock } from "../host-clock.ts";
import { signInToAks } from "./aks-sign-in.ts";
import { createExchange, type Exchange } from "./exchange.ts";

export type KubernetesCall = {
  readonly method?: "GET" | "PATCH" | "POST" | "PUT";
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** The answer is no JSON: logs. */
  readonly text?: boolean;
};

export type WatchEvent = {
  readonly type: string;
  readonly object: unknown;
};

export type Kubernetes = {
  /** `https://…` of the API server, for messages. */
  readonly server: string;
  /** @throws HttpError for every answer outside 200-299, and with status 0 when none came. */
  readonly call: (path: string, options?: KubernetesCall) => Promise<unknown>;
  /** The server's own time, ms since 1970; undefined while it has told none. */
  readonly serverTime: () => number | undefined;
  /**
   * Resolves when the server ends the watch, rejects when it fails or is silent for longer than
   * `timeoutSeconds` of its query; `signal` ends it at once.
   */
  readonly watch: (
    path: string,
    options: {
      readonly query: Readonly<Record<string, string | number | boolean>> & {
        readonly timeoutSeconds: number;
      };
      readonly onEvent: (event: WatchEvent) => void;
      readonly signal: AbortSignal;
    },
  ) => Promise<void>;
};

const serviceAccountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";
const usualTimeoutMs = 15_000;

/** @throws InputError when the kubeconfig cannot be read, TerminalError outside of a cluster. */
export function connectKubernetes(options: {
  readonly kubeconfig?: string;
  /** For an answer, and for a watch beyond its own time. Default 15 s. */
  readonly timeoutMs?: number;
}): Kubernetes {
  const { timeoutMs = usualTimeoutMs } = options;
  const config = load(options.kubeconfig);
  signInToAks(config, process.env);
  const server = config.getCurrentCluster()?.server ?? "";
  const clock = createHostClock();
  const exchange = createExchange({ timeoutMs, hear: clock.hear });
  return {
    server,
    serverTime: clock.told,
    call: (path, call = {}) => send({ config, exchange }, { server, path, call }),
    watch: (path, options) =>
      startWatch(new Watch(config), server, { path, timeoutMs, ...options }),
  };
}

type WatchOptions = { readonly path: string; readonly timeoutMs: number } & Parameters<
  Kubernetes["watch"]
>[1];

function startWatch(
  watch: Watch,
  server: string,
  { path, timeoutMs, query, onEvent, signal }: WatchOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let controller: AbortController | undefined;
    const end = (error?: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      if (error === undefined || error === null || signal.aborted) resolve();
      else reject(failed(server, path, error));
      // Calls `end` again, which then changes nothing.
      controller?.abort();
    };
    const abort = () => end();
    // The server ends a watch at its time. A connection that nobody closes would look like calm.
    const longest = query.timeoutSeconds * 1000 + timeoutMs;
    const timer = setTimeout(() => end(new Error("the watch went silent")), longest);
    timer.unref();
    signal.addEventListener("abort", abort, { once: true });
    watch
      .watch(path, { ...query }, (type, object) => onEvent({ type, object }), end)
      .then((started) => {
        controller = started;
        if (signal.aborted) started.abort();
      }, end);
  });
}

function load(kubeconfig: string | undefined): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfig === undefined) {
    // The library does not miss them: its cluster then has the address undefined:undefined.
    if (!process.env["KUBERNETES_SERVICE_HOST"] || !existsSync(serviceAccountToken)) {
      throw new TerminalError("Failed to find a cluster: the connector does not run in one", {
        code: "no-cluster",
        hint: "Give the cluster a kubeconfig in the configuration.",
      });
    }
    config.loadFromCluster();
    return config;
  }
  try {
    config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new InputError([{ file: kubeconfig, message: `no kubeconfig: ${causeText(cause)}` }]);
  }
  if (config.getCurrentCluster() === null) {
    throw new InputError([{ file: kubeconfig, message: "its current context names no cluster" }]);
  }
  // The library puts paths behind the server's address as it stands.
  config.clusters = config.clusters.map((one) => ({
    ...one,
    server: one.server.replace(/\/+$/, ""),
  }));
  return config;
}

async function send(
  { config, exchange }: { readonly config: KubeConfig; readonly exchange: Exchange },
  { server, path, call }: { server: string; path: string; call: KubernetesCall },
): Promise<unknown> {
  // Behind a gateway the server's address has a path of its own.
  const url = new URL(server + path);
  const body = typeof call.body === "string" ? call.body : JSON.stringify(call.body);
  const options: RequestOptions = {
    method: call.method ?? "GET",
    headers: {
      Accept: call.text === true ? "*/*" : "application/json",
      "User-Agent": "fluxgate-connector",
      ...(body === undefined ? {} : { "Content-Type": call.contentType ?? "application/json" }),
    },
  };
  const answer = await config
    .applyToHTTPSOptions(options)
    .then(() => {
      // Agents of the library open a connection for each call; one to a proxy is needed.
      if (config.getCurrentCluster()?.proxyUrl === undefined) delete options.agent;
      return exchange(url, options, body);
    })
    .catch((error: unknown) => {
      throw failed(server, path, error);
    });
  if (answer.status >= 200 && answer.status < 300) {
    return call.text === true ? answer.text : parsed(answer.text, server, path);
  }
  const { message = answer.text.slice(0, 300), reason = "" } = statusOf(answer.text);
  throw refused(server, path, { status: answer.status, reason, message });
}

// A proxy's or a portal's page is no answer of the API.
function parsed(text: string, server: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw failed(server, path, new Error("what answers there does not speak JSON"));
  }
}

function failed(server: string, path: string, error: unknown): HttpError {
  const status = (error as { readonly statusCode?: number }).statusCode;
  if (status !== undefined) {
    return refused(server, path, { status, reason: "", message: causeText(error) });
  }
  return new HttpError(`No answer from the Kubernetes API at ${server}: ${reasonOf(error)}`, {
    code: "kubernetes-unreachable",
    status: 0,
    hint: "Check that it runs and that its address in the kubeconfig is right.",
    cause: error,
  });
}

function refused(
  server: string,
  path: string,
  answer: { readonly status: number; readonly reason: string; readonly message: string },
): HttpError {
  const { status, reason, message } = answer;
  const hint = hints[status];
  return new HttpError(
    `The Kubernetes API at ${server} answered ${status} to ${path.split("?")[0]}: ${message}`,
    {
      code: reason === "" ? `http-${status}` : reason,
      status,
      ...(hint === undefined ? {} : { hint }),
    },
  );
}

const hints: Readonly<Record<number, string>> = {
  401: "Check the user in its kubeconfig: a token or certificate may have expired.",
  403: "Grant the connector's identity get, list and watch there.",
};

// Where a host has several addresses the error of all of them has no text of its own.
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") {
    return [...new Set(error.errors.map(causeText))].join(", ");
  }
  return causeText(error);
}

function statusOf(text: string): { readonly message?: string; readonly reason?: string } {
  try {
    return JSON.parse(text) as { message?: string; reason?: string };
  } catch {
    return {};
  }
}
