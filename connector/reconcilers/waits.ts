import { monotonicNow } from "../../clients/monotonic.ts";
import type { Ref } from "../../core/azure-devops/types.ts";
import { causeText, FluxgateError } from "../../core/errors.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import type { Connector, GateRoom } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { closeLetter, endWait, leaveTraces, letterOf, type End, type EndRoom } from "./end-wait.ts";
import { createLook, type Looked } from "./look-at-wait.ts";
import type { OpenWait } from "./open-wait.ts";
import { readEnd } from "./read-end.ts";
import type { OpenLetter } from "./open-letters.ts";
import { createProgress, type Progress } from "./say-progress.ts";
import { createPatience, type Patience } from "./say-patience.ts";
import { openWaitLog, type WaitLog } from "./wait-log.ts";
import { createTargetReader } from "./target-reader.ts";

type Held = Looked & {
  readonly log: WaitLog;
  readonly patience: Patience;
  readonly progress: Progress;
  /** In the other modes: what it would have said last. */
  would: string | undefined;
  /** Steps of its end that were done. */
  readonly done: Set<string>;
  /** The verdict that it is being ended with. */
  end: End | undefined;
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
  /** Was a run's branch of that name merged by what a wait has seen? */
  readonly sawMergeOf: (repository: ManifestsRepository, branch: string) => boolean;
  /** Flux has fetched what never was the head: a pull request that is waited for may have been merged. */
  readonly readMerges: (repository: ManifestsRepository) => Promise<void>;
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

// Before the branch itself is asked for its head.
const mostAsked = 3;

/** Paused pipelines: each look reads the world, decides, and does at most one step. */
export function createWaits(connector: WaitsRoom, { ring, succeeded } = nobody): Waits {
  const held = new Map<string, Held>();
  /** Those whose end was said, until it is seen that it was heard. */
  const ended = new Map<string, Held>();
  const { config, metrics, log, ado } = connector;
  // The lists of runs in progress tell it sooner; before a wait is ended its task is read anew anyway.
  const taskAgeMs = 1.5 * config.timings.discovery;
  const look = createLook(connector);

  async function reconcile(key: string): Promise<number | undefined> {
    const one = held.get(key);
    if (!one) return undefined;
    const { open } = one;
    const end = await orSay(one, endSeen(one));
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
    const verdict = await orSay(one, look(one));
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

  // What fails is tried again, however long; whoever waits learns why nothing comes of it.
  async function orSay<T>(one: Held, looking: Promise<T>): Promise<T> {
    try {
      return await looking;
    } catch (error) {
      await sayUnlooked(one, error);
      throw error;
    }
  }

  async function sayUnlooked(one: Held, error: unknown): Promise<void> {
    if (config.mode !== "full" || connector.leavesOut?.("progress") === true) return;
    const text = `cannot look at it: ${causeText(error)}`;
    const hint = error instanceof FluxgateError ? error.hint : undefined;
    const decides = `Decided when that is answered as it should${hint === undefined ? "" : `: ${hint.replace(/\.$/, "")}`}`;
    await one.patience.say({ waitingFor: "answers", text, decides }).catch(() => undefined);
  }

  async function endSeen(one: Held): Promise<string | undefined> {
    if (monotonicNow() - one.seenWaiting < taskAgeMs) return undefined;
    const end = await readEnd(connector, one.open);
    if (end === undefined) one.seenWaiting = monotonicNow();
    return end;
  }

  function forget(key: string): void {
    held.delete(key);
    metrics.waits.set(held.size);
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
    sawMergeOf: (repository, branch) =>
      [...held.values(), ...ended.values()].some(
        ({ open, target }) => open.repository.id === repository.id && target.sawMergeOf(branch),
      ),
    readMerges: async (repository) => {
      const open = [...held.values()].filter(
        (one) => one.open.repository.id === repository.id && !one.target.isKnown(),
      );
      // Of many one call for the head tells more.
      if (open.length > mostAsked) return;
      // Whoever waits for it comes to it again, and says what is wrong.
      for (const one of open) await one.target.readNow().catch(() => undefined);
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
