import assert from "node:assert/strict";
import { slots } from "../../rendering/processes/slots.ts";

describe("slots for tools", () => {
  it("let so many run at once, the others in their order, whatever fails", async () => {
    const inSlot = slots(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const all = [0, 1, 2, 3, 4].map((each) =>
      inSlot(async () => {
        started.push(each);
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
        if (each === 1) throw new Error("it failed");
        return each;
      }),
    );
    const settled = Promise.allSettled(all);
    for (let ended = 0; ended < 5; ended += 1) {
      while (ends[ended] === undefined) await Promise.resolve();
      ends[ended]?.();
    }
    const results = await settled;
    assert.deepEqual(started, [0, 1, 2, 3, 4]);
    assert.equal(most, 2);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"],
    );
  });
});
