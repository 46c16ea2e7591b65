import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createMetrics } from "../../connector/metrics.ts";
import { startServer } from "../../connector/server.ts";
import { TerminalError } from "../../core/errors.ts";

const body = JSON.stringify({ involvedObject: { kind: "Kustomization", name: "shop-dev" } });

describe("the connector's server", () => {
  let server: Awaited<ReturnType<typeof startServer>> | undefined;
  let rung = 0;
  let why: string | undefined;
  beforeEach(() => {
    rung = 0;
    why = undefined;
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function start(bellKey = ""): Promise<string> {
    const metrics = createMetrics();
    metrics.statuses.inc({ state: "succeeded" });
    server = await startServer({
      listen: { host: "127.0.0.1", port: 0 },
      registry: metrics.registry,
      unready: () => why,
      bellKey,
      onBell: () => void (rung += 1),
    });
    return `http://127.0.0.1:${server.port}`;
  }

  async function ring(address: string, options: { body?: string; signature?: string } = {}) {
    const { status } = await fetch(`${address}/flux`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(options.signature === undefined ? {} : { "X-Signature": options.signature }),
      },
      body: options.body ?? body,
    });
    return status;
  }
  const signed = (text: string, key: string, algorithm = "sha256") =>
    `${algorithm}=${createHmac(algorithm, key).update(text).digest("hex")}`;

  it("lives as long as it answers", async () => {
    const answer = await fetch(`${await start()}/healthz`);
    assert.deepEqual([answer.status, await answer.json()], [200, { status: "ok" }]);
  });

  it("is ready only while nothing is missing, and says what is", async () => {
    const address = await start();
    why = "cluster west does not answer";
    const before = await fetch(`${address}/readyz`);
    assert.deepEqual([before.status, await before.json()], [503, { status: why }]);
    why = undefined;
    assert.equal((await fetch(`${address}/readyz`)).status, 200);
  });

  it("shows its metrics in Prometheus' format", async () => {
    const answer = await fetch(`${await start()}/metrics`);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain/);
    const text = await answer.text();
    assert.match(text, /^fluxgate_commit_statuses_total\{state="succeeded"\} 1$/m);
    assert.match(text, /^process_resident_memory_bytes \d/m);
  });

  it("has no bell without a key", async () => {
    const address = await start("");
    assert.equal(await ring(address, { signature: signed(body, "") }), 404);
    assert.equal(rung, 0);
  });

  it("rings for a body that is signed with the key, by both of Flux' algorithms", async () => {
    const address = await start("key");
    assert.equal(await ring(address, { signature: signed(body, "key") }), 202);
    assert.equal(await ring(address, { signature: signed(body, "key", "sha512") }), 202);
    assert.equal(rung, 2);
  });

  it("refuses what is signed otherwise or not at all", async () => {
    const address = await start("key");
    const wrong = [
      undefined,
      signed(body, "another"),
      signed(`${body} `, "key"),
      signed(body, "key", "md5"),
      signed(body, "key").slice(0, -2),
      "sha256=",
      "sha256",
      "",
    ];
    for (const signature of wrong) {
      const answered = await ring(address, signature === undefined ? {} : { signature });
      assert.equal(answered, 401, String(signature));
    }
    assert.equal(rung, 0);
  });

  it("refuses a body that is too large, signed or not", async () => {
    const address = await start("key");
    const large = "x".repeat(257 * 1024);
    assert.equal(await ring(address, { body: large, signature: signed(large, "key") }), 413);
    assert.equal(rung, 0);
  });

  it("refuses a body that is too large and does not say how long it is", async () => {
    const address = await start("key");
    const part = new TextEncoder().encode("x".repeat(64 * 1024));
    let left = 5;
    const stream = new ReadableStream({
      pull: (controller) => ((left -= 1) < 0 ? controller.close() : controller.enqueue(part)),
    });
    const post = { method: "POST", body: stream, duplex: "half" } as RequestInit;
    assert.equal((await fetch(`${address}/flux`, post)).status, 413);
    assert.equal(rung, 0);
  });

  it("knows no other address, and no other method of these", async () => {
    const address = await start("key");
    assert.equal((await fetch(`${address}/`)).status, 404);
    assert.equal((await fetch(`${address}/flux`)).status, 404);
    assert.equal((await fetch(`${address}/healthz`, { method: "POST" })).status, 404);
    assert.equal((await fetch(`${address}/healthz?verbose`, { method: "HEAD" })).status, 200);
  });

  it("says which address it could not listen on", async () => {
    const port = Number(new URL(await start()).port);
    const second = startServer({
      listen: { host: "127.0.0.1", port },
      registry: createMetrics().registry,
      unready: () => undefined,
      bellKey: "",
      onBell: () => undefined,
    });
    await assert.rejects(second, (error: unknown) => {
      assert.ok(error instanceof TerminalError);
      assert.equal(error.code, "address-in-use");
      assert.match(error.message, new RegExp(`^Failed to listen on 127.0.0.1:${port}: `));
      return true;
    });
  });
});
