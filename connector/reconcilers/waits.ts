import { decide } from "../../core/gate/decide.ts";
import { emptyMemory, type GateMemory } from "../../core/gate/memory.ts";
import type { Target } from "../../core/gate/gate-input.ts";
import { commitOfTarget } from "../../core/gate/target.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector } from "../connector.ts";
import { readGateInput } from "../gate-input.ts";
import { closeLetter, endOf, endWait, letterOf } from "./end-wait.ts";
import type { OpenWait } from "./open-wait.ts";
import { nudgeSources } from "./nudge.ts";
import type { OpenLetter } from "./open-letters.ts";
import { openWaitLog, type WaitLog } from "./wait-log.ts";
import { readTarget } from "./wait-target.ts";

type Held = {
  readonly open: OpenWait;
  readonly log: WaitLog;
  memory: GateMemory;
  /** What the log says already. */
  said: ReadonlySet<string>;
  nudged: string | undefined;
  /** Once it cannot change any more. */
  target: Target | undefined;
  /** When the task was last seen waiting, ms since 1970. */
  seenWaiting: number;
};

// A cancelled run is noticed this late; before a wait is ended its task is read anew anyway.
const taskAgeMs = 30_000;
// The merge is noticed this late, without any event.
const mergeAgeMs = 8_000;

export type Waits = {
  readonly add: (key: string, open: OpenWait) => void;
  readonly keys: () => readonly string[];
  readonly knows: (letter: OpenLetter) => boolean;
  readonly holds: (build: number, task: string) => boolean;
  /** One look at one wait; answers when to look again, undefined when it has ended. */
  readonly reconcile: (key: string) => Promise<number | undefined>;
};

/** Paused pipelines: each look reads the world, decides, and does at most one step. */
export function createWaits(connector: Connector): Waits {
  const held = new Map<string, Held>();
  const { config, metrics, log } = connector;
  const mergePause = Math.max(config.timings.look, Math.min(mergeAgeMs, config.timings.letters));

  async function reconcile(key: string): Promise<number | undefined> {
    const one = held.get(key);
    if (!one) return undefined;
    const { open } = one;
    const end = await endSeen(one);
    if (end !== undefined) {
      // Cancelled, or ended by an earlier life of this process that did not come to the letter.
      if (config.mode === "full") {
        await closeLetter(connector, letterOf(open), {
          succeeded: end === "succeeded",
          text: `the task has ended: ${end}`,
        });
      }
      log.info({ wait: open.wait.key }, `The task has ended: ${end}`);
      forget(key);
      return undefined;
    }
    const verdict = await look(one);
    one.memory = verdict.memory;
    if (config.mode !== "full") {
      if (!one.said.has(verdict.text)) {
        log.info({ wait: open.wait.key, verdict: verdict.kind }, `Would say: ${verdict.text}`);
        one.said = new Set([verdict.text]);
      }
      return config.timings.look;
    }
    if (verdict.kind === "waiting") {
      await sayProgress(one, verdict);
      return verdict.waitingFor === "merge" ? mergePause : config.timings.look;
    }
    await sayProgress(one, verdict);
    // Where this fails midway the task's own state says what is left to do.
    one.seenWaiting = 0;
    await endWait(connector, open, { end: verdict, log: one.log });
    forget(key);
    return undefined;
  }

  async function endSeen(one: Held): Promise<string | undefined> {
    const age = Math.min(taskAgeMs, 2 * config.timings.letters);
    if (Date.now() - one.seenWaiting < age) return undefined;
    const end = await endOf(connector, one.open);
    if (end === undefined) one.seenWaiting = Date.now();
    return end;
  }

  function forget(key: string): void {
    held.delete(key);
    metrics.waits.set(held.size);
  }

  async function look(one: Held): Promise<GateVerdict> {
    const { open } = one;
    const target = one.target ?? (await readTarget(connector, open));
    if (commitOfTarget({ target }) !== undefined) one.target = target;
    const question = {
      environment: open.environment,
      delivery: open.wait.delivery,
      target,
      deadline: open.wait.deadline,
      memory: one.memory,
      maxAgeMs: config.timings.look / 2,
    };
    const input = await readGateInput(connector, { ...question, fresh: false });
    if (config.nudge && target.kind === "pull-request" && target.commit !== one.nudged) {
      one.nudged = target.commit;
      if (target.commit !== undefined) await nudgeSources(connector, open, input);
    }
    const verdict = decide(input, Date.now());
    if (verdict.kind !== "waiting" || verdict.waitingFor !== "read-afresh") return verdict;
    const again = { ...question, memory: verdict.memory, fresh: true };
    return decide(await readGateInput(connector, again), Date.now());
  }

  // Only what was not said in the look before: a line that comes back is said again.
  async function sayProgress(one: Held, { progress, notes }: GateVerdict): Promise<void> {
    const lines = [...progress, ...notes.map((note) => `Note: ${note}`)];
    await one.log.say(lines.filter((line) => !one.said.has(line)));
    one.said = new Set(lines);
  }

  return {
    add: (key, open) => {
      if (held.has(key)) return;
      held.set(key, {
        ...{ open, memory: emptyMemory, said: new Set<string>(), nudged: undefined },
        ...{ target: undefined, seenWaiting: 0 },
        log: openWaitLog(connector, open),
      });
      metrics.waits.set(held.size);
      log.info(
        { wait: open.wait.key, delivery: open.wait.delivery, environment: open.wait.environment },
        `${open.runName} waits for ${open.wait.delivery} in ${open.wait.environment}`,
      );
    },
    keys: () => [...held.keys()],
    knows: ({ carrier, status }) =>
      [...held.values()].some(
        ({ open: { wait } }) =>
          wait.carrier === carrier &&
          wait.letter.targetUrl === status.targetUrl &&
          wait.letter.context.name === status.context.name &&
          wait.letter.createdBy?.id === status.createdBy?.id,
      ),
    holds: (build, task) =>
      [...held.values()].some(({ open: { wait } }) => {
        const { key } = wait;
        return key.build === build && key.task.toLowerCase() === task.toLowerCase();
      }),
    reconcile,
  };
}
