import assert from "node:assert/strict";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createExchange } from "../../../clients/kubernetes/exchange.ts";

describe("exchanges with a Kubernetes API", () => {
  let server: Server;
  let sockets: Socket[] = [];
  let answer: (response: ServerResponse, count: number) => void;
  beforeEach(async () => {
    sockets = [];
    let count = 0;
    server = createServer((_, response) => answer(response, (count += 1)));
    server.on("connection", (socket: Socket) => void sockets.push(socket));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = () => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`);
  const ask = (timeoutMs: number) => {
    const exchange = createExchange({ timeoutMs });
    return () => exchange(url(), { method: "GET" }, undefined);
  };

  it("share a connection", async () => {
    answer = (response) => void response.end("{}");
    const get = ask(5_000);
    for (let count = 0; count < 5; count += 1) assert.equal((await get()).text, "{}");
    assert.equal(sockets.length, 1);
  });

  it("survive that the server closes a connection that was kept", async () => {
    answer = (response, count) => {
      // The second request comes by the first one's connection.
      if (count === 2) response.socket?.resetAndDestroy();
      else response.end(String(count));
    };
    const get = ask(5_000);
    await get();
    assert.equal((await get()).text, "3");
    assert.equal(sockets.length, 2);
  });

  it("fail when a fresh connection is closed", async () => {
    answer = (response) => void response.socket?.resetAndDestroy();
    await assert.rejects(ask(5_000)(), { code: "ECONNRESET" });
    assert.equal(sockets.length, 1);
  });

  it("do not wait for ever: neither for the answer nor for its end", async () => {
    answer = () => undefined;
    await assert.rejects(ask(50)(), /no answer in 0\.05 s/);
    answer = (response) => {
      // On a busy machine the first byte may take a while.
      response.flushHeaders();
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(drip));
    };
    await assert.rejects(ask(500)(), /no end in 2 s/);
  });
});
