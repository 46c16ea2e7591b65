import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Api } from "../api/admit.ts";
import { ApiFailure } from "../api/api-failure.ts";
import type { KubeObject } from "../api/kube-object.ts";
import { answerReview } from "./access-reviews.ts";
import { discover } from "./discovery.ts";
import { printTable, wantsTable } from "./print-table.ts";
import { requestTarget, type Target } from "./request-target.ts";
import { podLog } from "../workloads/pod-log.ts";
import { answerResource, current } from "./resource-requests.ts";
import { selectObjects } from "./select-objects.ts";
import { streamWatch } from "./watch-stream.ts";

export type ServeOptions = {
  readonly port: number;
  readonly key: string;
  readonly certificate: string;
  readonly tokens: readonly string[];
  readonly bookmarkMs: number;
};

const maxBody = 3 * 1024 * 1024;

/** Serves the Kubernetes API over TLS on 127.0.0.1; `close` ends open watches too. */
export async function serveApi(
  api: Api,
  options: ServeOptions,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer(
    { key: options.key, cert: options.certificate },
    (request, response) => {
      answer(api, options, { request, response }).catch((error: unknown) => fail(response, error));
    },
  );
  server.on("secureConnection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

async function answer(api: Api, options: ServeOptions, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const { pathname, searchParams: query } = new URL(request.url ?? "/", "https://127.0.0.1");
  if (["/healthz", "/livez", "/readyz"].includes(pathname)) {
    response.writeHead(200, { "Content-Type": "text/plain" }).end("ok");
    return;
  }
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!options.tokens.includes(token)) {
    throw new ApiFailure(401, "Unauthorized", { message: "Unauthorized" });
  }
  const method = request.method ?? "GET";
  const body = await readBody(request);
  const review = method === "POST" ? answerReview(pathname, body) : undefined;
  if (review) return send(response, 201, review);
  const discovered = method === "GET" ? discover(api.kinds.all(), trimSlash(pathname)) : undefined;
  if (discovered) return send(response, 200, discovered);

  const target = requestTarget(api.kinds, pathname);
  if (method === "GET" && target.kind.kind === "Pod" && target.subresource === "log") {
    const log = podLog(current(api, target), query);
    response.writeHead(200, { "Content-Type": "text/plain" }).end(log);
    return;
  }
  const table = method === "GET" && wantsTable(request.headers.accept);
  if (method === "GET" && (query.get("watch") === "true" || query.get("watch") === "1")) {
    const { kind, version, namespace, name } = target;
    if (name) query.append("fieldSelector", `metadata.name=${name}`);
    const matches = selectObjects(query);
    const { bookmarkMs } = options;
    const show = (object: KubeObject) =>
      table ? printTable(kind, [object], object.metadata.resourceVersion ?? "") : object;
    const watch = { kind, version, namespace, query, matches, show, bookmarkMs };
    streamWatch(api.store, response, watch);
    return;
  }
  const { "content-type": contentType = "", "user-agent": userAgent = "" } = request.headers;
  const result = answerResource(api, { method, target, query, contentType, userAgent, body });
  send(response, result.status, table ? asTable(target, result.body) : result.body);
}

function asTable({ kind, name }: Target, body: unknown): object {
  const { items, metadata } = body as KubeObject & { readonly items?: KubeObject[] };
  const objects = name ? [body as KubeObject] : (items ?? []);
  return printTable(kind, objects, metadata.resourceVersion ?? "");
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) {
      throw new ApiFailure(413, "RequestEntityTooLarge", { message: "limit is 3145728" });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const failure =
    error instanceof ApiFailure
      ? error
      : new ApiFailure(500, "InternalError", { message: String(error) });
  send(response, failure.code, failure.status());
}

function trimSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}
