import assert from "node:assert/strict";
import { createLetterMemory } from "../../connector/reconcilers/letter-memory.ts";

describe("what is remembered of letters", () => {
  function memory() {
    let now = 1_000;
    const letters = createLetterMemory({ keepMs: 600, pauseMs: 10 }, () => now);
    return { letters, after: (ms: number) => void (now += ms) };
  }

  it("keeps a judged one at rest for as long as it is seen", () => {
    const { letters, after } = memory();
    letters.judged("a");
    for (let look = 0; look < 20; look += 1) {
      after(500);
      assert.ok(letters.rests("a"));
    }
  });

  it("shrinks: what is seen no more is forgotten", () => {
    const { letters, after } = memory();
    for (let count = 0; count < 300; count += 1) letters.judged(`letter ${count}`);
    assert.equal(letters.size(), 300);
    after(700);
    assert.equal(letters.size(), 0);
    assert.equal(letters.rests("letter 1"), false);
  });

  it("lets one whose look failed rest ever longer", () => {
    const { letters, after } = memory();
    assert.equal(letters.failed("a"), 1);
    assert.ok(letters.rests("a"));
    after(10);
    assert.equal(letters.rests("a"), false);
    assert.equal(letters.failed("a"), 2);
    after(19);
    assert.ok(letters.rests("a"));
    after(1);
    assert.equal(letters.rests("a"), false);
  });
});
