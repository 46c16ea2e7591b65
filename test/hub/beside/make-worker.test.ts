import assert from "node:assert/strict";
import { prepareWorker, takeWorker } from "../../../hub/data/beside/make-worker.ts";

describe("the worker that a page has begin before it knows what to compare", () => {
  const { Worker: own } = globalThis;
  let made: { onerror: ((event: ErrorEvent) => void) | null }[];
  beforeEach(() => {
    made = [];
    const fake = class {
      onerror = null;
      constructor() {
        made.push(this);
      }
    };
    globalThis.Worker = fake as unknown as typeof Worker;
  });
  afterEach(() => {
    globalThis.Worker = own;
  });
  const fail = (at: number) =>
    made[at]?.onerror?.({ preventDefault: () => undefined } as ErrorEvent);

  it("is taken once: the next comparison has one of its own", () => {
    prepareWorker();
    const taken = [takeWorker(), takeWorker()];
    assert.deepEqual(taken, made);
    assert.equal(new Set(taken).size, 2);
  });

  it("is none where it failed before somebody listened", () => {
    prepareWorker();
    fail(0);
    assert.equal(takeWorker(), made[1]);
  });

  it("that failed after it was taken takes no other along", () => {
    prepareWorker();
    assert.equal(takeWorker(), made[0]);
    prepareWorker();
    fail(0);
    assert.equal(takeWorker(), made[1]);
  });
});
