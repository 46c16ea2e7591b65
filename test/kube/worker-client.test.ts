import assert from "node:assert/strict";
import type { FromWorker, ToWorker } from "../../kube/protocol.ts";
import { workerClient, type Worker } from "../../kube/worker-client.ts";

const compiled = {} as WebAssembly.Module;

/** A worker that answers as the test says, and counts how many there were. */
function fakeWorkers(onCall: (request: string) => FromWorker | undefined, onStart?: FromWorker) {
  const started: (WebAssembly.Module | undefined)[] = [];
  let ended = 0;
  const spawn = (): Worker => {
    let take: (message: FromWorker) => void = () => undefined;
    return {
      onMessage: (listener) => (take = listener),
      onGone: () => undefined,
      end: () => void (ended += 1),
      post: (message: ToWorker) => {
        if (message.type === "start") started.push(message.options.compiled);
        const said =
          message.type === "start"
            ? (onStart ?? ({ type: "ready", compiled } as const))
            : onCall(message.request);
        if (said) setImmediate(() => take(said));
      },
    };
  };
  return { spawn, started, ended: () => ended };
}

const answer = (text: string, memoryBytes = 1): FromWorker => ({
  type: "answer",
  text,
  memoryBytes,
});

describe("the door to a module", () => {
  it("starts one worker at the first call and calls it one after another", async () => {
    const workers = fakeWorkers((request) => answer(`re ${request}`));
    const client = workerClient(workers.spawn, { address: "x" });
    assert.equal(workers.started.length, 0);
    const answers = await Promise.all(["a", "b"].map((request) => client.call(request, {})));
    assert.deepEqual(
      answers.map((one) => one.text),
      ["re a", "re b"],
    );
    assert.deepEqual(workers.started, [undefined]);
    client.close();
    assert.equal(workers.ended(), 1);
  });

  it("ends a call at the deadline and goes on with a new worker, compiled already", async () => {
    const workers = fakeWorkers((request) => (request === "endless" ? undefined : answer("ok")));
    const client = workerClient(workers.spawn, { address: "x" }, { deadlineMilliseconds: 20 });
    assert.equal((await client.call("endless", {})).kind, "timeout");
    assert.equal((await client.call("short", {})).kind, "answered");
    assert.deepEqual(workers.started, [undefined, compiled]);
    client.close();
  });

  it("gives a call another deadline where others had the machine, and ends what waits", async () => {
    const workers = fakeWorkers(() => undefined);
    const used = [0, 5, 15, 60];
    let asked = 0;
    const usedCpuMs = () => used[asked++] ?? 60;
    const limits = { deadlineMilliseconds: 20, usedCpuMs };
    const client = workerClient(workers.spawn, { address: "x" }, limits);
    assert.equal((await client.call("busy", {})).kind, "timeout");
    // Once as the module starts, once as the call begins, and at two deadlines.
    assert.equal(asked, 4);
    assert.equal((await client.call("waiting", {})).kind, "timeout");
    assert.equal(asked, 4 + 2 + 8);
    client.close();
  });

  it("replaces a worker whose memory grew too large, and one that trapped", async () => {
    const workers = fakeWorkers((request) =>
      request === "trap" ? { type: "trapped", text: "unreachable" } : answer("ok", 1000),
    );
    const client = workerClient(workers.spawn, { address: "x" }, { recycleBytes: 100 });
    assert.equal((await client.call("large", {})).kind, "answered");
    const trapped = await client.call("trap", {});
    assert.deepEqual(trapped, { kind: "crashed", text: "a call ended the module: unreachable" });
    assert.equal((await client.call("large", {})).kind, "answered");
    assert.equal(workers.started.length, 3);
    client.close();
  });

  it("asks once for a module that may not be compiled, and says why each time", async () => {
    const refusal = { type: "absent", cause: "refused", text: "blocked by CSP" } as const;
    const workers = fakeWorkers(() => undefined, refusal);
    const client = workerClient(workers.spawn, { address: "x" });
    const refused = { kind: "absent", cause: "refused", text: "blocked by CSP" };
    assert.deepEqual(await client.call("a", {}), refused);
    assert.deepEqual(await client.call("b", {}), refused);
    assert.equal(workers.started.length, 1);
  });

  it("gives a worker up that nobody needs, and refuses what comes after the end", async () => {
    const workers = fakeWorkers(() => answer("ok"));
    const client = workerClient(workers.spawn, { address: "x" }, { idleMilliseconds: 1 });
    await client.call("a", {});
    while (workers.ended() === 0) await new Promise(setImmediate);
    assert.equal((await client.call("b", {})).kind, "answered");
    client.close();
    assert.equal((await client.call("c", {})).kind, "crashed");
  });
});
