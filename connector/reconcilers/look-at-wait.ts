// One look at a wait: reads the world and decides. What is to end it is read afresh and decided again.
import { monotonicNow } from "../../clients/monotonic.ts";
import { decide } from "../../core/gate/decide.ts";
import type { GateMemory } from "../../core/gate/memory.ts";
import { commitOfTarget } from "../../core/gate/target.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector, GateRoom } from "../connector.ts";
import { isWhole, readGateInput } from "../gate-input.ts";
import { askObservers, sayUnasked } from "../observers/ask-observers.ts";
import { nudgeReleases, nudgeSources } from "./nudge.ts";
import type { OpenWait } from "./open-wait.ts";
import type { TargetReader } from "./target-reader.ts";

/** What one look leaves for the next. */
export type Looked = {
  readonly open: OpenWait;
  readonly target: TargetReader;
  memory: GateMemory;
  nudged: string | undefined;
  /** When X was first known, by {@link monotonicNow}. */
  since: number | undefined;
};

// A branch that moves leaves signs that are seen anyway; without any it is looked at so often.
const longestHeadAgeMs = 60_000;

type Room = GateRoom & Pick<Connector, "log" | "metrics">;

export function createLook(connector: Room): (one: Looked) => Promise<GateVerdict> {
  const { config } = connector;
  const headAgeMs = Math.min(longestHeadAgeMs, 12 * config.timings.look);

  // A head from before X was known says nothing of it, unless it is X itself.
  function headAge({ open, since = monotonicNow() }: Looked, commit: string | undefined): number {
    if (commit !== undefined && open.repository.knownHead() === commit) return headAgeMs;
    return Math.min(headAgeMs, monotonicNow() - since);
  }

  return async (one) => {
    const { open } = one;
    const now = monotonicNow();
    const target = await one.target.read();
    const commit = commitOfTarget({ target });
    if (commit !== undefined) one.since ??= now;
    const question = {
      environment: open.environment,
      delivery: open.wait.delivery,
      target,
      deadline: open.wait.deadline,
      memory: one.memory,
      maxAgeMs: headAge(one, commit),
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
    const asked = await ask(verdict);
    const isLast = verdict.kind === "waiting" && verdict.waitingFor === "read-afresh";
    // What fails it was found in what may be a minute old.
    const isFailure = verdict.kind === "failed" && commit !== undefined;
    if (!isLast && !isFailure) return asked;
    const again = { ...question, memory: verdict.memory, fresh: true };
    const last = decide(await readGateInput(connector, again), monotonicNow());
    return ask(last);

    async function ask(found: GateVerdict): Promise<GateVerdict> {
      const { toQuestion: clusters = [] } = found;
      if (clusters.length === 0 || commit === undefined || config.mode !== "full") return found;
      const { environment, delivery } = question;
      const about = { clusters, commit, delivery, whole: isWhole(question) };
      return sayUnasked(found, await askObservers(connector, environment, about));
    }
  };
}
