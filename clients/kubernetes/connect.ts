// One cluster's API, by a kubeconfig or from inside the cluster. Answers stay plain JSON: the typed
// clients of the library turn times into Dates and drop fields that they do not know.
import { existsSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { InputError, TerminalError, causeText } from "../../core/errors.ts";
import { createHostClock } from "../host-clock.ts";
import { signInToAks } from "./aks-sign-in.ts";
import { askPatiently } from "./ask-patiently.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { parsed, refused, unanswered } from "./failure.ts";
import { streamWatch, type WatchOptions } from "./stream-watch.ts";

export type KubernetesCall = {
  readonly method?: "GET" | "PATCH" | "POST" | "PUT";
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** The answer is no JSON: logs. */
  readonly text?: boolean;
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
  readonly watch: (path: string, options: WatchOptions) => Promise<void>;
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
    watch: (path, watch) =>
      streamWatch(watch, {
        ...{ server, path, timeoutMs },
        signIn: () => signIn(config, { headers: headersOf("application/json") }),
      }),
  };
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

type Asked = { readonly server: string; readonly path: string; readonly call: KubernetesCall };

async function send(
  { config, exchange }: { readonly config: KubeConfig; readonly exchange: Exchange },
  { server, path, call }: Asked,
): Promise<unknown> {
  // Behind a gateway the server's address has a path of its own.
  const url = new URL(server + path);
  const body = typeof call.body === "string" ? call.body : JSON.stringify(call.body);
  const options: RequestOptions = {
    method: call.method ?? "GET",
    headers: {
      ...headersOf(call.text === true ? "*/*" : "application/json"),
      ...(body === undefined ? {} : { "Content-Type": call.contentType ?? "application/json" }),
    },
  };
  const answer = await signIn(config, options)
    .then(() => askPatiently(() => exchange(url, options, body)))
    .catch((error: unknown) => {
      throw unanswered({ server }, error);
    });
  if (answer.status < 200 || answer.status >= 300) throw refused({ server, path }, answer);
  return call.text === true ? answer.text : parsed({ server, path }, answer.text);
}

function headersOf(accept: string) {
  return { Accept: accept, "User-Agent": "fluxgate-connector" };
}

async function signIn(config: KubeConfig, options: RequestOptions): Promise<RequestOptions> {
  await config.applyToHTTPSOptions(options);
  // Agents of the library open a connection for each call; one to a proxy is needed.
  if (config.getCurrentCluster()?.proxyUrl === undefined) delete options.agent;
  return options;
}
