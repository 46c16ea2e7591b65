import { monotonicNow } from "../../clients/monotonic.ts";
import type { Ref } from "../../core/azure-devops/types.ts";
import { decide } from "../../core/gate/decide.ts";
import { emptyMemory, type GateMemory } from "../../core/gate/memory.ts";
import { commitOfTarget } from "../../core/gate/target.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector, GateRoom } from "../connector.ts";
import { isWhole, readGateInput } from "../gate-input.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { askObservers } from "../observers/ask-observers.ts";
import { closeLetter, endWait, leaveTraces, letterOf, type End, type EndRoom } from "./end-wait.ts";
import type { OpenWait } from "./open-wait.ts";
import { endOf } from "./read-end.ts";
import { nudgeReleases, nudgeSources } from "./nudge.ts";
import type { OpenLetter } from "./open-letters.ts";
import { createProgress, type Progress } from "./say-progress.ts";
import { createPatience, type Patience } from "./say-patience.ts";
import { openWaitLog, type WaitLog } from "./wait-log.ts";
import { createTargetReader, type TargetReader } from "./target-reader.ts";

type Held = {
  readonly open: OpenWait;
  readonly log: WaitLog;
  readonly target: TargetReader;
  readonly patience: Patience;
  memory: GateMemory;
  readonly progress: Progress;
  /** In the other modes: what it would have said last. */
  would: string | undefined;
  /** Steps of its end that were done. */
  readonly done: Set<string>;
  /** The verdict that it is being ended with. */
  end: End | undefined;
  nudged: string | undefined;
  /** When X was first known, by {@link monotonicNow}. */
  since: number | undefined;
  /** When the task was last seen waiting, by {@link monotonicNow}. */
  seenWaiting: number;
};

export type Waits = {
  readonly add: (key: string, open: OpenWait) => void;
  readonly keys: () => readonly string[];
  readonly knows: (letter: OpenLetter) => boolean;
  readonly holds: (build: number, task: string) => boolean;
  /** The tasks that wait, by build, of all runs in progress that a repository may be waited for by. */
  readonly sawBuilds: (
    repository: ManifestsRepository,
    waiting: ReadonlyMap<number, readonly string[]>,
  ) => void;
  /** The runs' branches of a repository as they are now. */
  readonly sawBranches: (repository: ManifestsRepository, refs: readonly Ref[]) => void;
  /** One look at one wait; answers when to look again, undefined when it has ended. */
  readonly reconcile: (key: string) => Promise<number | undefined>;
};

type Told = {
  /** Asks for another look at a wait. */
  readonly ring: (key: string) => void;
  /** A wait was ended with success. */
  readonly succeeded: (open: OpenWait) => void;
};

const nobody: Told = { ring: () => undefined, succeeded: () => undefined };

export type WaitsRoom = GateRoom & EndRoom & Pick<Connector, "leavesOut">;

// A branch that moves leaves signs that are seen anyway; without any it is looked at so often.
const longestHeadAgeMs = 60_000;

/** Paused pipelines: each look reads the world, decides, and does at most one step. */
export function createWaits(connector: WaitsRoom, { ring, succeeded } = nobody): Waits {
  const held = new Map<string, Held>();
  /** Those whose end was said, until it is seen that it was heard. */
  const ended = new Map<string, Held>();
  const { config, metrics, log, ado } = connector;
  // The lists of runs in progress tell it sooner; before a wait is ended its task is read anew anyway.
  const taskAgeMs = 1.5 * config.timings.discovery;
  const headAgeMs = Math.min(longestHeadAgeMs, 12 * config.timings.look);

  async function reconcile(key: string): Promise<number | undefined> {
    const one = held.get(key);
    if (!one) return undefined;
    const { open } = one;
    const end = await endSeen(one);
    if (end !== undefined) {
      // Cancelled, or ended by an earlier life of this process that did not come to the letter.
      if (one.end) await leaveTraces(connector, open, { end: one.end, done: one.done });
      else if (config.mode === "full") {
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
      if (one.would !== verdict.text) {
        log.info({ wait: open.wait.key, verdict: verdict.kind }, `Would say: ${verdict.text}`);
        one.would = verdict.text;
      }
      return config.timings.look;
    }
    if (verdict.kind === "waiting") {
      if (connector.leavesOut?.("progress") !== true) {
        await one.progress.say(verdict);
        await one.patience.say(verdict);
      }
      return config.timings.look;
    }
    const progress = verdict.progress.filter((line) => !one.progress.hasSaid(line));
    // Where this fails midway the task's own state says what is left to do.
    one.seenWaiting = -Infinity;
    one.end = verdict;
    await endWait(connector, open, { end: verdict, progress, log: one.log, done: one.done });
    ended.set(key, one);
    forget(key);
    if (verdict.kind === "succeeded") succeeded(open);
    return undefined;
  }

  async function endSeen(one: Held): Promise<string | undefined> {
    if (monotonicNow() - one.seenWaiting < taskAgeMs) return undefined;
    const end = await endOf(connector, one.open);
    if (end === undefined) one.seenWaiting = monotonicNow();
    return end;
  }

  function forget(key: string): void {
    held.delete(key);
    metrics.waits.set(held.size);
  }

  async function look(one: Held): Promise<GateVerdict> {
    const { open } = one;
    const now = monotonicNow();
    const target = await one.target.read();
    if (commitOfTarget({ target }) !== undefined) one.since ??= now;
    const question = {
      environment: open.environment,
      delivery: open.wait.delivery,
      target,
      deadline: open.wait.deadline,
      memory: one.memory,
      // A head from before X was known says nothing of it.
      maxAgeMs: Math.min(headAgeMs, monotonicNow() - (one.since ?? now)),
      observers: { askedSince: Date.parse(open.wait.letter.creationDate) },
    };
    const input = await readGateInput(connector, { ...question, fresh: false });
    if (config.nudge && target.kind === "pull-request" && target.commit !== one.nudged) {
      one.nudged = target.commit;
      if (target.commit !== undefined) await nudgeSources(connector, open, input);
    }
    const verdict = decide(input, monotonicNow());
    if (config.nudge && config.mode === "full") {
      await nudgeReleases(connector, verdict.toAsk ?? []);
    }
    await ask(verdict);
    const isLast = verdict.kind === "waiting" && verdict.waitingFor === "read-afresh";
    // What fails it was found in what may be a minute old.
    const isFailure = verdict.kind === "failed" && commitOfTarget({ target }) !== undefined;
    if (!isLast && !isFailure) return verdict;
    const again = { ...question, memory: verdict.memory, fresh: true };
    const last = decide(await readGateInput(connector, again), monotonicNow());
    await ask(last);
    return last;

    async function ask({ toQuestion: clusters = [] }: GateVerdict): Promise<void> {
      const commit = commitOfTarget({ target });
      if (clusters.length === 0 || commit === undefined || config.mode !== "full") return;
      const { environment, delivery } = question;
      const whole = isWhole(question);
      await askObservers(connector, environment, { clusters, commit, delivery, whole });
    }
  }

  function keep(key: string, one: Held): void {
    held.set(key, one);
    metrics.waits.set(held.size);
  }

  return {
    add: (key, open) => {
      if (held.has(key)) return;
      const waitLog = openWaitLog(ado, open);
      keep(key, {
        ...{ open, memory: emptyMemory, progress: createProgress(connector, waitLog) },
        ...{ nudged: undefined, end: undefined, since: undefined, would: undefined },
        // Its letter was accepted for a task that waits.
        ...{ seenWaiting: monotonicNow(), done: new Set<string>(), log: waitLog },
        target: createTargetReader(connector, open),
        patience: createPatience(connector, { open, log: waitLog }),
      });
      log.info(
        { wait: open.wait.key, delivery: open.wait.delivery, environment: open.wait.environment },
        `${open.runName} waits for ${open.wait.delivery} in ${open.wait.environment}`,
      );
    },
    keys: () => [...held.keys()],
    knows: (letter) => [...held.values(), ...ended.values()].some(({ open }) => isOf(open, letter)),
    holds: (build, task) =>
      [...held.values(), ...ended.values()].some(({ open }) => isTask(open, { build, task })),
    sawBuilds: (repository, waiting) => {
      const now = monotonicNow();
      const waits = ({ open: { wait } }: Held) =>
        waiting.get(wait.key.build)?.includes(wait.key.task.toLowerCase()) ?? false;
      for (const [key, one] of held) {
        if (one.open.repository.id !== repository.id) continue;
        // A run that is in no list is looked at by itself.
        one.seenWaiting = waits(one) ? now : Math.min(one.seenWaiting, now - taskAgeMs);
        if (!waits(one)) ring(key);
      }
      for (const [key, one] of ended) {
        if (one.open.repository.id !== repository.id) continue;
        ended.delete(key);
        if (!waits(one)) continue;
        // Its end was said, and nobody heard it.
        one.seenWaiting = -Infinity;
        keep(key, one);
        ring(key);
      }
    },
    sawBranches: (repository, refs) => {
      const heads = new Map(refs.map(({ name, objectId }) => [name, objectId] as const));
      for (const [key, { open, target }] of held) {
        if (open.repository.id !== repository.id) continue;
        if (target.sawBranches(heads)) ring(key);
      }
    },
    reconcile,
  };
}

function isOf({ wait }: OpenWait, { carrier, status }: OpenLetter): boolean {
  const { letter } = wait;
  return (
    wait.carrier === carrier &&
    letter.targetUrl === status.targetUrl &&
    letter.context.name === status.context.name &&
    letter.createdBy?.id === status.createdBy?.id
  );
}

function isTask({ wait }: OpenWait, of: { readonly build: number; readonly task: string }) {
  return wait.key.build === of.build && wait.key.task.toLowerCase() === of.task.toLowerCase();
}
