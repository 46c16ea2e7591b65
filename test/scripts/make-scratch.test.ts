import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeScratch } from "../../scripts/make-scratch.ts";

describe("the folder for what tests write", () => {
  let memory: string;
  let made: string[] = [];
  const make = (...args: Parameters<typeof makeScratch>) => {
    const scratch = makeScratch(...args);
    made.push(scratch);
    return scratch;
  };
  beforeEach(() => (memory = mkdtempSync(join(tmpdir(), "fluxgate-memory-"))));
  afterEach(() => {
    for (const folder of [memory, ...made]) rmSync(folder, { recursive: true, force: true });
    made = [];
  });

  it("is in memory where there is room, and empty", () => {
    const scratch = make(memory, 1);
    assert.equal(dirname(scratch), memory);
    assert.deepEqual(readdirSync(scratch), []);
  });

  it("is beside all others where memory has no room, and leaves nothing there", () => {
    assert.equal(dirname(make(memory, Number.MAX_SAFE_INTEGER)), tmpdir());
    assert.deepEqual(readdirSync(memory), []);
  });

  it("is beside all others where no folder is in memory", () => {
    assert.ok(existsSync(make(join(memory, "absent"), 1)));
  });
});
