import assert from "node:assert/strict";
import { createHttp, type HttpCall, type HttpOptions } from "../../clients/http.ts";
import { type HttpError, TimeoutError } from "../../core/errors.ts";
import { type Answer, answering, json } from "./answering-server.ts";

const ok = json(200, { fine: true });
const busy = json(503, { message: "TF24668: stopped", typeKey: "VssServiceException" });
const broken = json(500, { message: "TF401035: no object", typeKey: "GitObjectDoesNotExist" });

describe("the HTTP client", () => {
  let server: Awaited<ReturnType<typeof answering>>;
  let slept: number[];
  afterEach(() => server.close());

  async function start(answers: readonly Answer[], options: HttpOptions = {}) {
    server = await answering(...answers);
    slept = [];
    const sleep = async (ms: number) => void slept.push(Math.round(ms / 100) * 100);
    return createHttp({ sleep, random: () => 0.5, ...options });
  }
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => assert.fail("was not refused"),
      (error: unknown) => error as HttpError,
    );

  it("sends the authorization it is given and reads JSON", async () => {
    const http = await start([ok], { authorization: async () => "Bearer t", userAgent: "fg/1" });
    const answer = await http({ method: "GET", url: `${server.url}/_apis/git/x` });
    assert.deepEqual(answer.json(), { fine: true });
    assert.equal(server.requests[0]?.headers.authorization, "Bearer t");
    assert.equal(server.requests[0].headers["user-agent"], "fg/1");
  });

  it("gives the service's own words and the stable name of a refusal", async () => {
    const http = await start([json(403, { message: "TF401027: You need\r\n it", typeKey: "K" })]);
    const error = await refused(http({ method: "GET", url: `${server.url}/p?secret=1` }));
    assert.equal(error.code, "K");
    assert.equal(error.status, 403);
    assert.equal(error.message, `GET ${server.url}/p answered 403: TF401027: You need it`);
  });

  it("reads the refusal of an invalid argument, and one that stands only in the header", async () => {
    const http = await start([
      json(400, { count: 1, value: { Message: "too long" } }),
      json(400, "", { "X-TFS-ServiceError": "no+such%20thing" }),
    ]);
    const url = `${server.url}/p`;
    assert.match((await refused(http({ method: "GET", url }))).message, /400: too long$/);
    assert.match((await refused(http({ method: "GET", url }))).message, /400: no such thing$/);
  });

  for (const [what, status, headers] of [
    ["the sign-in page with 203", 203, { "Content-Type": "text/html" }],
    ["HTML where JSON was asked for", 200, { "Content-Type": "text/html; charset=utf-8" }],
    ["401", 401, {}],
    ["a redirect to the sign-in page", 302, { Location: "/_signin" }],
  ] as const) {
    it(`takes ${what} for not signed in`, async () => {
      const http = await start([
        (_, response) => response.writeHead(status, headers).end("<html></html>"),
      ]);
      const error = await refused(http({ method: "GET", url: `${server.url}/_apis/x` }));
      assert.equal(error.code, "not-signed-in");
      assert.equal(server.requests.length, 1);
    });
  }

  it("waits as long as Retry-After says before it tries again", async () => {
    const http = await start([json(429, {}, { "Retry-After": "7" }), ok]);
    await http({ method: "POST", url: server.url, json: {} });
    assert.deepEqual(slept, [7000]);
  });

  it("also slows down after a success that carries Retry-After", async () => {
    const http = await start([json(200, {}, { "Retry-After": "3" }), ok]);
    await http({ method: "GET", url: server.url });
    await http({ method: "GET", url: server.url });
    assert.deepEqual(slept, [3000]);
  });

  it("slows down by what the service held a call back for", async () => {
    const http = await start([json(200, {}, { "X-RateLimit-Delay": "1.5" }), ok]);
    await http({ method: "GET", url: server.url });
    await http({ method: "GET", url: server.url });
    assert.deepEqual(slept, [1500]);
  });

  it("tries a read again with growing pauses and then gives up", async () => {
    const http = await start([busy], { attempts: 4 });
    const error = await refused(http({ method: "GET", url: server.url }));
    assert.equal(error.code, "VssServiceException");
    assert.deepEqual(slept, [300, 500, 1000]);
  });

  it("never repeats a write that may have happened, unless the caller says it only reads", async () => {
    const http = await start([busy, busy, ok]);
    await refused(http({ method: "POST", url: server.url, json: {} }));
    assert.equal(server.requests.length, 1);
    await http({ method: "POST", url: server.url, json: {}, retry: true });
    assert.equal(server.requests.length, 3);
  });

  it("does not repeat a 500 that names its own exception", async () => {
    const http = await start([broken]);
    await refused(http({ method: "GET", url: server.url }));
    assert.equal(server.requests.length, 1);
  });

  it("stops reading an answer that is too large, declared or not", async () => {
    const http = await start(
      [
        (_, response) => response.end("x".repeat(5000)),
        (_, response) => {
          for (let i = 0; i < 50; i++) response.write("x".repeat(100));
          response.end();
        },
      ],
      { maxBytes: 1000 },
    );
    for (let i = 0; i < 2; i++) {
      const error = await refused(http({ method: "GET", url: server.url }));
      assert.equal(error.code, "answer-too-large");
    }
  });

  it("gives up on a server that does not answer in time", async () => {
    const http = await start([() => undefined], { attempts: 1 });
    const error = await refused(http({ method: "GET", url: server.url, timeoutMs: 50 }));
    assert.ok(error instanceof TimeoutError);
  });

  it("says when nobody answers, without the user and query of the address", async () => {
    const http = await start([ok], { attempts: 2 });
    const { url } = server;
    await server.close();
    const withSecret = url.replace("http://", "http://user:pw@");
    const error = await refused(http({ method: "GET", url: `${withSecret}/?token=1` }));
    assert.equal(error.code, "unreachable");
    assert.equal(slept.length, 1);
    assert.doesNotMatch(error.message, /pw|token/);
  });

  it("does not follow a redirect", async () => {
    const http = await start([
      (_, response) => response.writeHead(307, { Location: "/elsewhere" }).end(),
    ]);
    const error = await refused(http({ method: "GET", url: server.url }));
    assert.equal(error.status, 307);
    assert.equal(server.requests.length, 1);
  });

  it("reports each call by area", async () => {
    const calls: HttpCall[] = [];
    const http = await start([busy, ok], { onCall: (call) => void calls.push(call) });
    await http({ method: "GET", url: `${server.url}/o/p/_apis/Build/builds/1` });
    assert.deepEqual(
      calls.map(({ method, area, status }) => [method, area, status]),
      [
        ["GET", "build", 503],
        ["GET", "build", 200],
      ],
    );
  });
});
