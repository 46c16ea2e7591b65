import assert from "node:assert/strict";
import { createHostClock } from "../../clients/host-clock.ts";

describe("the clock of another host", () => {
  const start = Date.parse("2026-11-28T12:00:00Z");
  const answer = (at: number) => new Headers({ Date: new Date(at).toUTCString() });

  it("is what its answers say, and goes on with this machine's durations", () => {
    let local = start - 70 * 60_000;
    const clock = createHostClock(() => local);
    clock.hear(answer(start));
    assert.equal(clock.now(), start);
    local += 5_000;
    assert.equal(clock.now(), start + 5_000);
  });

  it("is not moved by one answer of another time", () => {
    const clock = createHostClock(() => start);
    for (let count = 0; count < 4; count += 1) clock.hear(answer(start));
    clock.hear(answer(start - 3_600_000));
    assert.equal(clock.now(), start);
  });

  it("ignores answers without a date, and is this machine's while it has heard nothing", () => {
    const clock = createHostClock(() => 0);
    clock.hear(new Headers());
    clock.hear(new Headers({ Date: "yesterday" }));
    assert.ok(Math.abs(clock.now() - Date.now()) < 10_000);
  });
});
