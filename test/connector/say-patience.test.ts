import assert from "node:assert/strict";
import { createPatience } from "../../connector/reconcilers/say-patience.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import { anAzureDevOps, open } from "./an-open-wait.ts";

const waiting = (waitingFor: "merge" | "health", text: string) =>
  ({
    ...{ kind: "waiting", waitingFor, text, notes: [], progress: [], memory: emptyMemory },
  }) satisfies GateVerdict;

function patient() {
  const { room, asked } = anAzureDevOps();
  const lines: string[] = [];
  const log = {
    end: async () => undefined,
    say: async (more: readonly string[]) => void lines.push(...more),
  };
  let now = 0;
  const patience = createPatience(room, { open, log }, () => now);
  const sayAt = async (seconds: number, verdict: ReturnType<typeof waiting>) => {
    now = seconds * 1000;
    await patience.say(verdict);
    return [lines.splice(0), asked.splice(0)];
  };
  return sayAt;
}

const merge = waiting("merge", "waiting for the merge of !7");
const said = [
  "Still waiting: waiting for the merge of !7. Decided when the pull request is completed or abandoned",
];

describe("a wait that goes on", () => {
  it("says after a minute what it waits for and what decides it, in log and status, once", async () => {
    const sayAt = patient();
    assert.deepEqual(await sayAt(0, merge), [[], []]);
    assert.deepEqual(await sayAt(59, merge), [[], []]);
    assert.deepEqual(await sayAt(60, merge), [said, ["post status pending"]]);
    assert.deepEqual(await sayAt(300, merge), [[], []]);
  });

  it("counts anew when it waits for something else, and says that too", async () => {
    const sayAt = patient();
    await sayAt(0, merge);
    const health = waiting("health", "Deployment shop/api: 1 of 2 are ready");
    assert.deepEqual(await sayAt(59, health), [[], []]);
    assert.deepEqual(await sayAt(118, health), [[], []]);
    const [[line = ""] = []] = await sayAt(119, health);
    assert.match(line, /^Still waiting: Deployment shop\/api.*Decided when it is healthy/);
  });
});
