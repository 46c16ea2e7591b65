// One cluster's API, by a kubeconfig or from inside the cluster. Answers stay plain JSON: the typed
// clients of the library turn times into Dates and drop fields that they do not know.
import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { KubeConfig, Watch } from "@kubernetes/client-node";
import { HttpError, InputError, TerminalError, causeText } from "../../core/errors.ts";

export type KubernetesCall = {
  readonly method?: "GET" | "PATCH";
  readonly body?: unknown;
  readonly contentType?: string;
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
  /** Resolves when the server ends the watch, rejects when it fails; `signal` ends it at once. */
  readonly watch: (
    path: string,
    options: {
      readonly query: Readonly<Record<string, string | number | boolean>>;
      readonly onEvent: (event: WatchEvent) => void;
      readonly signal: AbortSignal;
    },
  ) => Promise<void>;
};

const timeoutMs = 15_000;
const longestAnswer = 64 * 1024 * 1024;

/** @throws InputError when the kubeconfig cannot be read, TerminalError outside of a cluster. */
export function connectKubernetes(options: { readonly kubeconfig?: string }): Kubernetes {
  const config = load(options.kubeconfig);
  const server = config.getCurrentCluster()?.server ?? "";
  return {
    server,
    call: (path, call = {}) => send(config, { server, path, call }),
    watch: (path, { query, onEvent, signal }) =>
      new Promise((resolve, reject) => {
        let controller: AbortController | undefined;
        const abort = () => controller?.abort();
        signal.addEventListener("abort", abort, { once: true });
        new Watch(config)
          .watch(
            path,
            { ...query },
            (type, object) => onEvent({ type, object }),
            (error) => {
              signal.removeEventListener("abort", abort);
              if (error && !signal.aborted) reject(failed(server, path, error));
              else resolve();
            },
          )
          .then((started) => {
            controller = started;
            if (signal.aborted) started.abort();
          }, reject);
      }),
  };
}

function load(kubeconfig: string | undefined): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfig === undefined) {
    try {
      config.loadFromCluster();
    } catch (cause) {
      throw new TerminalError("Failed to find a cluster: the connector does not run in one", {
        code: "no-cluster",
        hint: "Give the cluster a kubeconfig in the configuration.",
        cause,
      });
    }
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
  return config;
}

async function send(
  config: KubeConfig,
  { server, path, call }: { server: string; path: string; call: KubernetesCall },
): Promise<unknown> {
  const url = new URL(path, server);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const options: RequestOptions = {
    method: call.method ?? "GET",
    headers: {
      Accept: "application/json",
      "User-Agent": "fluxgate-connector",
      ...(body === undefined ? {} : { "Content-Type": call.contentType ?? "application/json" }),
    },
    timeout: timeoutMs,
  };
  await config.applyToHTTPSOptions(options);
  const answer = await exchange(url, options, body).catch((error: unknown) => {
    throw failed(server, path, error);
  });
  if (answer.status >= 200 && answer.status < 300) return JSON.parse(answer.text) as unknown;
  const { message = answer.text.slice(0, 300), reason = "" } = statusOf(answer.text);
  throw new HttpError(`Failed to read ${path} from ${server}: ${message}`, {
    code: reason === "" ? "kubernetes" : reason,
    status: answer.status,
  });
}

function exchange(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === "http:" ? httpRequest : httpsRequest;
    const request = start(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestAnswer) request.destroy(new Error("the answer is too large"));
        else chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    request.on("timeout", () => request.destroy(new Error(`no answer in ${timeoutMs / 1000} s`)));
    request.on("error", reject);
    request.end(body);
  });
}

function failed(server: string, path: string, error: unknown): HttpError {
  return new HttpError(`Failed to read ${path} from ${server}: ${causeText(error)}`, {
    code: "kubernetes-unreachable",
    status: 0,
    hint: "Check that the Kubernetes API runs, and the cluster's kubeconfig.",
    cause: error,
  });
}

function statusOf(text: string): { readonly message?: string; readonly reason?: string } {
  try {
    return JSON.parse(text) as { message?: string; reason?: string };
  } catch {
    return {};
  }
}
