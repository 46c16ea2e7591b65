import assert from "node:assert/strict";
import { endWait, type End } from "../../connector/reconcilers/end-wait.ts";
import { openWaitLog } from "../../connector/reconcilers/wait-log.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import { anAzureDevOps, letter, me, open, type Answers } from "./an-open-wait.ts";

const more = { notes: [], progress: [], memory: emptyMemory };
const success: End = { kind: "succeeded", text: "all is well", ...more };
const failed = (failure: "abandoned" | "expired" | "terminal"): End => ({
  ...{ kind: "failed", failure, text: "it did not work" },
  ...more,
});
const superseded: End = { kind: "superseded", by: "run 8", text: "superseded by run 8", ...more };

async function endWith(end: End, answers: Answers = {}, began?: number) {
  const { room: usual, asked, said } = anAzureDevOps(answers);
  const room = { ...usual, ...(began === undefined ? {} : { began }) };
  const log = openWaitLog(room.ado, open);
  const ending = endWait(room, open, { end, log, progress: [], done: new Set() });
  const error = await ending.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return { asked, said, error };
}

const by = (id: string) => ({ id, displayName: id });
const completed = (asked: readonly string[]) => asked.filter((one) => one.startsWith("complete"));

describe("endWait()", () => {
  it("says the last lines, reads task and plan again, completes, and closes the letter", async () => {
    const { asked, error } = await endWith(success);
    assert.equal(error, undefined);
    const last = asked.slice(asked.indexOf("append log"));
    assert.deepEqual(last, [
      ...["append log", "read task", "read plan", "complete succeeded", "post status succeeded"],
    ]);
  });

  it("reads the letter again where an earlier life may have closed it, and only there", async () => {
    const born = Date.parse(letter.creationDate);
    const before = await endWith(success, {}, born - 10_000);
    assert.ok(!before.asked.includes("read letter"));
    assert.deepEqual(completed(before.asked), ["complete succeeded"]);
    // The service's clock has whole seconds.
    for (const began of [born + 60_000, born, born - 1_000]) {
      const { asked } = await endWith(success, {}, began);
      assert.equal(asked[0], "read letter");
    }
  });

  it("completes nothing where the task has ended meanwhile", async () => {
    const { asked } = await endWith(success, { record: "completed" });
    assert.deepEqual(completed(asked), []);
  });

  it("completes nothing where the plan is over", async () => {
    const { asked, said } = await endWith(success, { plan: "completed" });
    assert.deepEqual(completed(asked), []);
    assert.ok(said.includes("The run is over: its task is not completed"), said.join("\n"));
  });

  it("says again what the connector has said of the letter before, and nothing else", async () => {
    const closing = { ...letter, id: 11, state: "failed", createdBy: by(me) } as const;
    const { asked, said } = await endWith(success, { statuses: [letter, closing] });
    assert.deepEqual(asked, ["read letter", "read plan", "complete failed"]);
    assert.match(said.join("\n"), /says failed already/);
  });

  it("believes neither a stranger's word of it, nor what was said of an earlier letter", async () => {
    const stranger = { ...letter, id: 11, state: "failed", createdBy: by("x") } as const;
    const earlier = { ...letter, id: 9, state: "failed", createdBy: by(me) } as const;
    const { asked } = await endWith(success, { statuses: [earlier, letter, stranger] });
    assert.deepEqual(completed(asked), ["complete succeeded"]);
  });

  for (const end of [superseded, failed("abandoned"), failed("expired")]) {
    const what = end.kind === "failed" ? end.failure : end.kind;
    it(`cancels the run of a wait that is ${what}`, async () => {
      const { asked } = await endWith(end);
      assert.ok(asked.some((one) => one.startsWith("cancel")));
      assert.deepEqual(completed(asked), []);
    });

    it(`fails it instead where builds may not be stopped (${what}), and says the right`, async () => {
      const { asked, said } = await endWith(end, { cancel: 403 });
      assert.deepEqual(completed(asked), ["complete failed"]);
      assert.match(said.join("\n"), /grant Stop builds/);
    });
  }

  it("does not take an outage for a missing right", async () => {
    const { asked, error } = await endWith(superseded, { cancel: 500 });
    assert.deepEqual(completed(asked), []);
    assert.ok(error instanceof Error);
  });

  it("cancels no run that has failed", async () => {
    const { asked } = await endWith(failed("terminal"));
    assert.deepEqual(completed(asked), ["complete failed"]);
    assert.ok(!asked.some((one) => one.startsWith("cancel")));
  });
});

describe("the log of a wait", () => {
  it("is made once", async () => {
    const { room, asked } = anAzureDevOps();
    const log = openWaitLog(room.ado, open);
    await log.say(["one"]);
    await log.say(["two"]);
    assert.equal(asked.filter((one) => one === "create log").length, 1);
  });

  it("is the one that an earlier life of the connector began", async () => {
    const { room, asked } = anAzureDevOps();
    await openWaitLog(room.ado, { ...open, log: 4 }).say(["three"]);
    assert.deepEqual(asked, ["append log", "feed"]);
  });
});
