import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../azure-devops/create-sandbox.ts";
import { sandboxWith } from "../support/sandbox-with.ts";

describe("the sandbox's own switches", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([{ name: "shop", files: { "a.txt": "a" } }]);
  });
  afterEach(() => call("_apis/sandbox/faults", { method: "DELETE" }));
  after(() => sandbox.close());

  function call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${sandbox.organisationUrl}/${path}`, {
      ...init,
      headers: { Authorization: "Bearer sandbox-admin", "Content-Type": "application/json" },
    });
  }
  const faults = (method: string, body: unknown) =>
    call("_apis/sandbox/faults", { method, body: JSON.stringify(body) });
  const projects = () => call("_apis/projects");

  it("throttle with the service's headers, as often as they say", async () => {
    await faults("PUT", { throttle: { remaining: 1, retryAfterSeconds: 7 } });
    const refused = await projects();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("Retry-After"), "7");
    assert.equal(refused.headers.get("X-RateLimit-Remaining"), "0");
    assert.match(await refused.text(), /TF400733/);
    assert.equal((await projects()).status, 200);
  });

  it("tell a caller to slow down with an answer that succeeds", async () => {
    await faults("PATCH", { delay: { remaining: 1, retryAfterSeconds: 3 } });
    const answer = await projects();
    assert.deepEqual([answer.status, answer.headers.get("Retry-After")], [200, "3"]);
    assert.match(answer.headers.get("X-RateLimit-Delay") ?? "", /^3\.000$/);
  });

  it("stop the collection, slow it down and drop connections, on some paths only", async () => {
    await faults("PUT", { unavailable: { remaining: 1 }, path: "/_apis/git/", method: "get" });
    assert.equal((await projects()).status, 200);
    assert.equal((await call("shop/_apis/git/repositories")).status, 503);
    await faults("PUT", { drop: { remaining: 1 } });
    await assert.rejects(projects());
    await faults("PUT", { slowMs: 60 });
    const before = performance.now();
    await projects();
    assert.ok(performance.now() - before >= 55);
  });

  it("refuse what is no switch and name those that are", async () => {
    const refused = await faults("PATCH", { trottle: { remaining: 1 } });
    assert.equal(refused.status, 400);
    assert.match(await refused.text(), /no fault trottle: there are throttle, /);
    assert.equal((await faults("PATCH", { drop: { remaining: "many" } })).status, 400);
  });

  it("lose and double webhooks on their way to a receiver", async () => {
    const received: string[] = [];
    const receiver = createServer((request, response) => {
      received.push(String(request.headers["x-signature"]));
      request.resume().on("end", () => response.writeHead(202).end());
    });
    await new Promise<void>((ready) => receiver.listen(0, "127.0.0.1", ready));
    const { port } = receiver.address() as AddressInfo;
    const to = encodeURIComponent(`http://127.0.0.1:${port}/flux`);
    // As Flux calls it: without a token of the sandbox.
    const send = (signature: string) =>
      fetch(`${sandbox.organisationUrl}/_apis/sandbox/relay?to=${to}`, {
        method: "POST",
        headers: { "X-Signature": signature },
        body: "{}",
      });
    try {
      assert.equal((await send("once")).status, 202);
      await faults("PUT", { webhooks: { lose: 1, double: 1 } });
      await send("lost");
      await send("twice");
      await send("last");
      assert.deepEqual(received, ["once", "twice", "twice", "last"]);
    } finally {
      receiver.close();
    }
    const elsewhere = encodeURIComponent("http://192.0.2.1/");
    const url = `${sandbox.organisationUrl}/_apis/sandbox/relay?to=${elsewhere}`;
    assert.equal((await fetch(url, { method: "POST", body: "{}" })).status, 400);
  });

  it("put the clock forward for everything that is dated", async () => {
    const now = async () =>
      ((await (await call("_apis/sandbox/clock")).json()) as { now: string }).now;
    const before = Date.parse(await now());
    const advanceMs = 72 * 3_600_000;
    await call("_apis/sandbox/clock", { method: "POST", body: JSON.stringify({ advanceMs }) });
    assert.ok(Date.parse(await now()) - before >= advanceMs);
    const path = "shop/_apis/git/repositories/shop/refs?filter=heads/main";
    const refs = (await (await call(path)).json()) as { value: { objectId: string }[] };
    const commit = refs.value[0]?.objectId ?? "";
    const status = await call(
      `shop/_apis/git/repositories/shop/commits/${commit}/statuses?api-version=7.1`,
      { method: "POST", body: JSON.stringify({ state: "pending", context: { name: "x" } }) },
    );
    const { creationDate } = (await status.json()) as { creationDate: string };
    assert.ok(Date.parse(creationDate) - before >= advanceMs);
  });

  it("are not among the locations of the service", async () => {
    const { value } = (await (await call("_apis", { method: "OPTIONS" })).json()) as {
      value: { area: string }[];
    };
    assert.ok(value.every(({ area }) => area !== "sandbox"));
  });
});
