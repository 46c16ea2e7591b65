import type { IncomingMessage, ServerResponse } from "node:http";
import type { Faults } from "./faults.ts";

const relay = /\/_apis\/sandbox\/relay$/i;
const maxMessage = 4 * 1024 * 1024;

export function isRelay(path: string): boolean {
  return relay.test(path);
}

/**
 * `POST {organisation}/_apis/sandbox/relay?to=<address>`: passes a webhook on to a receiver on
 * this machine, once, or as the fault switches say. Flux's Provider can have it as its address;
 * the sender needs no token, the receiver's own signature goes through unchanged.
 */
export async function passOn(
  organisation: Faults,
  at: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly url: URL;
  },
): Promise<void> {
  const { request, response, url } = at;
  const to = target(url.searchParams.get("to"));
  const body = await readMessage(request);
  if (!to || !body) {
    response.writeHead(400, { "Content-Type": "text/plain" });
    response.end("to= must be an http address of this machine, and the message below 4 MiB\n");
    return;
  }
  const { webhooks } = organisation.faults;
  if (webhooks.lose > 0) {
    webhooks.lose -= 1;
    response.writeHead(200).end();
    return;
  }
  if (webhooks.double > 0) {
    webhooks.double -= 1;
    await forward(request, to, body);
  }
  response.writeHead(await forward(request, to, body)).end();
}

function target(text: string | null): URL | undefined {
  if (text === null || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isHere = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return isHere && url.protocol === "http:" ? url : undefined;
}

async function forward(request: IncomingMessage, to: URL, body: Buffer): Promise<number> {
  const dropped = new Set(["host", "connection", "content-length", "transfer-encoding"]);
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    dropped.has(name) || value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  try {
    const answer = await fetch(to, { method: "POST", headers, body: new Uint8Array(body) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 502;
  }
}

async function readMessage(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxMessage) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
