import { createHmac, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import fastify from "fastify";
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

const longestBell = 256 * 1024;
const longestRequestMs = 10_000;

/**
 * `/healthz`, `/readyz`, `/metrics`, and Flux' bell. @throws TerminalError when the address cannot be
 * listened on.
 */
export async function startServer(options: ServerOptions) {
  const { listen, registry, unready, bellKey, onBell } = options;
  const app = fastify({
    bodyLimit: longestBell,
    requestTimeout: longestRequestMs,
    connectionTimeout: longestRequestMs,
    logger: false,
  });
  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", (_, reply) => {
    const why = unready();
    return why === undefined ? { status: "ok" } : reply.code(503).send({ status: why });
  });
  app.get("/metrics", async (_, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  if (bellKey !== "") {
    // Flux' generic-hmac provider: X-Signature: sha256=<hex> over the body's bytes.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    app.post("/flux", (request, reply) => {
      const signature = String(request.headers["x-signature"] ?? "");
      if (!isSigned(request.body as Buffer, { signature, key: bellKey })) {
        return reply.code(401).send({ status: "the signature does not fit" });
      }
      // Only a reason to look earlier: its content is not read.
      onBell();
      return reply.code(202).send({ status: "heard" });
    });
  }
  try {
    await app.listen(listen);
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
    port: (app.server.address() as AddressInfo).port,
    close: () => app.close(),
  };
}

function isSigned(
  body: Buffer | undefined,
  { signature, key }: { readonly signature: string; readonly key: string },
): boolean {
  const [, algorithm = "", given = ""] = /^(sha256|sha512)=([0-9a-f]+)$/.exec(signature) ?? [];
  if (!body || algorithm === "") return false;
  const expected = createHmac(algorithm, key).update(body).digest();
  const actual = Buffer.from(given, "hex");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
