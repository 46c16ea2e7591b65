import assert from "node:assert/strict";
import { createProgress } from "../../connector/reconcilers/say-progress.ts";

const look = 5_000;

/** Says a look's lines `ms` after the one before. */
function progress() {
  const log: string[] = [];
  let now = 0;
  const say = async (lines: readonly string[]) => void log.push(...lines);
  const created = createProgress(
    { config: { timings: { look } as Parameters<typeof createProgress>[0]["config"]["timings"] } },
    { say, end: say },
    () => now,
  );
  const after = async (ms: number, ...lines: readonly string[]) => {
    now += ms;
    await created.say({ progress: lines, notes: [] });
  };
  return { ...created, log, after };
}

describe("the progress of a wait in its log", () => {
  it("is said at once at first, then what holds after some looks", async () => {
    const { log, after } = progress();
    await after(0, "waiting for the merge");
    await after(look, "fetched");
    await after(look, "applied");
    await after(look, "0 of 2 are well");
    assert.deepEqual(log, ["waiting for the merge"]);
    await after(3 * look, "0 of 2 are well");
    assert.deepEqual(log, ["waiting for the merge", "0 of 2 are well"]);
  });

  it("is not what has just come, nor what stands there already", async () => {
    const { log, after, hasSaid } = progress();
    await after(0, "suspended");
    await after(10 * look, "suspended", "just now");
    assert.deepEqual(log, ["suspended"]);
    assert.equal(hasSaid("just now"), false);
    await after(look, "suspended", "just now");
    assert.deepEqual(log, ["suspended", "just now"]);
  });

  it("is said again when it comes back", async () => {
    const { log, after } = progress();
    await after(0, "one");
    for (const line of ["two", "two", "one", "one"]) await after(7 * look, line);
    assert.deepEqual(log, ["one", "two", "one"]);
  });
});
