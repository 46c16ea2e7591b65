import assert from "node:assert/strict";
import { createQueue, type Queue, type QueueOptions } from "../../connector/queue.ts";
import { eventually } from "../support/eventually.ts";

describe("the connector's queue", () => {
  let queue: Queue<string> | undefined;
  afterEach(() => queue?.stop());

  /** A queue that notes when each key's work began. */
  function recording(options: Partial<QueueOptions<string>> = {}) {
    const began: { readonly key: string; readonly at: number }[] = [];
    const { work = async () => undefined } = options;
    queue = createQueue<string>({
      textOf: (key) => key,
      onError: () => undefined,
      ...options,
      work: (key) => {
        began.push({ key, at: performance.now() });
        return work(key);
      },
    });
    const times = (count: number) =>
      eventually(`${count} looks`, () => (began.length >= count ? began : undefined), {
        withinMs: 5_000,
        everyMs: 5,
      });
    return { queue, began, times };
  }

  it("does once what is asked for many times", async () => {
    const { queue, began, times } = recording();
    for (let call = 0; call < 50; call += 1) queue.add("a");
    queue.add("b");
    await times(2);
    await queue.stop();
    assert.deepEqual(
      began.map(({ key }) => key),
      ["a", "b"],
    );
  });

  it("never does one key twice at a time, and looks again at what was asked for meanwhile", async () => {
    const { release, work, running } = held();
    const { queue, began, times } = recording({ work });
    queue.add("a");
    await times(1);
    queue.add("a");
    queue.add("a");
    queue.add("b");
    await times(2);
    assert.deepEqual(running(), ["a", "b"]);
    release();
    await times(3);
    release();
    await queue.stop();
    assert.deepEqual(
      began.map(({ key }) => key),
      ["a", "b", "a"],
    );
  });

  it("does no more keys at a time than it may", async () => {
    const { release, work, running } = held();
    const { queue, times } = recording({ work, concurrency: 2 });
    for (const key of ["a", "b", "c"]) queue.add(key);
    await times(2);
    assert.deepEqual(running(), ["a", "b"]);
    release();
    await times(3);
    release();
  });

  it("waits as long as the work says, unless it is rung for before", async () => {
    const { queue, times } = recording({ work: async (key) => (key === "slow" ? 60_000 : 40) });
    queue.add("quick");
    const [first, second] = await times(2);
    assert.ok((second?.at ?? 0) - (first?.at ?? 0) >= 39);
    await queue.stop();

    const other = recording({ work: async () => 60_000 });
    other.queue.add("slow");
    await other.times(1);
    other.queue.add("slow", 50_000);
    other.queue.add("slow");
    await other.times(2);
  });

  it("pauses longer after each failure, however often the key is rung for", async () => {
    const attempts: number[] = [];
    const { queue, began, times } = recording({
      backoffMs: [40, 100],
      work: () => Promise.reject(new Error("no answer")),
      onError: (_key, error, attempt) => {
        assert.match(String(error), /no answer/);
        attempts.push(attempt);
        queue.add("a");
      },
    });
    queue.add("a");
    await times(4);
    await queue.stop();
    const pauses = began.slice(1).map(({ at }, index) => at - (began[index]?.at ?? 0));
    for (const [index, least] of [40, 80, 100].entries()) {
      assert.ok((pauses[index] ?? 0) >= least - 2, `pause ${index} was ${pauses[index]} ms`);
    }
    assert.deepEqual(attempts.slice(0, 4), [1, 2, 3, 4]);
  });

  it("starts with the short pause again after a success", async () => {
    const answers = [false, false, true, false];
    const attempts: number[] = [];
    const { queue, times } = recording({
      backoffMs: [5, 1_000],
      work: () => (answers.shift() ? Promise.resolve(1) : Promise.reject(new Error("no"))),
      onError: (_key, _error, attempt) => void attempts.push(attempt),
    });
    queue.add("a");
    await times(4);
    await queue.stop();
    assert.deepEqual(attempts.slice(0, 3), [1, 2, 1]);
  });

  it("forgets keys that are done", async () => {
    const { queue, times } = recording();
    queue.add("a");
    await times(1);
    await eventually("an empty queue", () => (queue.size() === 0 ? true : undefined));
    assert.equal(queue.size(), 0);
  });

  it("lets what runs end when it stops, and begins nothing new", async () => {
    const { release, work } = held();
    const { queue, began, times } = recording({ work });
    queue.add("a");
    await times(1);
    let stopped = false;
    const stopping = queue.stop().then(() => (stopped = true));
    queue.add("b");
    await Promise.resolve();
    assert.equal(stopped, false);
    release();
    await stopping;
    assert.deepEqual(
      began.map(({ key }) => key),
      ["a"],
    );
  });
});

/** Work that ends when it is released. */
function held() {
  const open: { readonly key: string; readonly end: () => void }[] = [];
  return {
    work: (key: string) =>
      new Promise<undefined>((resolve) => open.push({ key, end: () => resolve(undefined) })),
    running: () => open.map(({ key }) => key),
    release: () => {
      for (const { end } of open.splice(0)) end();
    },
  };
}
