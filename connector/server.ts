import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import { TerminalError, causeText } from "../core/errors.ts";

export type ServerOptions = {
  readonly listen: { readonly host: string; readonly port: number };
  readonly registry: Registry;
  /** Why the connector is not ready yet; undefined when it is. */
  readonly unready: () => string | undefined;
  /** Empty: the bell's route is off. */
  readonly bellKey: string;
  readonly onBell: () => void;
};

type Answer = { readonly status: number; readonly body: object | string };

const longestBell = 256 * 1024;
const longestRequestMs = 10_000;

/**
 * `/healthz`, `/readyz`, `/metrics`, and Flux' bell. @throws TerminalError when the address cannot be
 * listened on.
 */
export async function startServer(options: ServerOptions) {
  const { listen, registry } = options;
  const limits = { requestTimeout: longestRequestMs, headersTimeout: longestRequestMs };
  const server = createServer(limits, (request, response) => {
    void answer(request, options)
      .catch((cause: unknown) => say(500, causeText(cause)))
      .then(({ status, body }) => {
        const isText = typeof body === "string";
        const type = isText ? registry.contentType : "application/json; charset=utf-8";
        // What was not read of a body is thrown away with its connection.
        const end = request.complete ? {} : { Connection: "close" };
        response.writeHead(status, { "Content-Type": type, ...end });
        response.end(isText ? body : JSON.stringify(body));
      });
  });
  server.setTimeout(longestRequestMs);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(listen, resolve);
    });
  } catch (cause) {
    throw new TerminalError(
      `Failed to listen on ${listen.host}:${listen.port}: ${causeText(cause)}`,
      {
        code: "address-in-use",
        hint: "Choose another listen.host and listen.port in the configuration.",
        cause,
      },
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, options: ServerOptions): Promise<Answer> {
  const { registry, unready, bellKey, onBell } = options;
  const method = request.method === "HEAD" ? "GET" : request.method;
  switch (`${method} ${(request.url ?? "").replace(/\?.*/, "")}`) {
    case "GET /healthz":
      return say(200, "ok");
    case "GET /readyz": {
      const why = unready();
      return why === undefined ? say(200, "ok") : say(503, why);
    }
    case "GET /metrics":
      return { status: 200, body: await registry.metrics() };
    case "POST /flux": {
      if (bellKey === "") break;
      const body = await readBody(request);
      if (body === undefined) return say(413, "the body is too large");
      // Flux' generic-hmac provider: X-Signature: sha256=<hex> over the body's bytes.
      const signature = String(request.headers["x-signature"] ?? "");
      if (!isSigned(body, { signature, key: bellKey })) {
        return say(401, "the signature does not fit");
      }
      // Only a reason to look earlier: its content is not read.
      onBell();
      return say(202, "heard");
    }
  }
  return say(404, "there is nothing here");
}

function say(status: number, text: string): Answer {
  return { status, body: { status: text } };
}

/** @returns undefined for one that is longer than any bell */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > longestBell) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed with what is left of it: the answer goes by the same connection.
  const rest = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of rest) {
    length += chunk.length;
    if (length > longestBell) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isSigned(
  body: Buffer,
  { signature, key }: { readonly signature: string; readonly key: string },
): boolean {
  const [, algorithm = "", given = ""] = /^(sha256|sha512)=([0-9a-f]+)$/.exec(signature) ?? [];
  if (algorithm === "") return false;
  const expected = createHmac(algorithm, key).update(body).digest();
  const actual = Buffer.from(given, "hex");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
