import assert from "node:assert/strict";
import { createWaits, type WaitsRoom } from "../../connector/reconcilers/waits.ts";
import { eventually } from "../support/eventually.ts";
import { anAzureDevOps, open } from "./an-open-wait.ts";

function waiting(mode: "full" | "statuses") {
  const { room, asked } = anAzureDevOps();
  const timings = { look: 1, letters: 60_000, discovery: 60_000 };
  const waits = createWaits({
    ...{
      ...room,
      clusters: new Map(),
      repositories: new Map(),
      config: { ...room.config, mode, timings },
    },
  } as unknown as WaitsRoom);
  // Nobody answers about it: 501.
  const repository = { ...open.repository, knownHead: () => undefined };
  waits.add("one", { ...open, repository, pullRequest: 7 });
  const look = () => assert.rejects(waits.reconcile("one"), /pullrequests\/7/i);
  return { asked, look };
}
const written = (asked: readonly string[]) => asked.filter((call) => !call.startsWith("GET"));

describe("a wait that cannot be looked at", () => {
  it("says so in its log and beside its letter, once, and is tried again", async () => {
    const { asked, look } = waiting("full");
    await eventually("it to be said", async () => {
      await look();
      return asked.includes("post status pending") || undefined;
    });
    const before = written(asked).length;
    assert.ok(asked.includes("append log"), asked.join());
    await look();
    assert.equal(written(asked).length, before);
  });

  it("writes nothing in a mode that does not", async () => {
    const { asked, look } = waiting("statuses");
    for (let times = 0; times < 3; times += 1) await look();
    assert.deepEqual(written(asked), []);
  });
});
