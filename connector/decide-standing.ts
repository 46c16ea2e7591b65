import { decide } from "../core/gate/decide.ts";
import type { GateInput } from "../core/gate/gate-input.ts";
import type { GateMemory } from "../core/gate/memory.ts";
import type { GateVerdict } from "../core/gate/verdict.ts";

/**
 * The verdict that a status tells: of its commit, whatever came after. Where it asks for it, it is read
 * once more.
 * @param of.fresh whether the first look needs no other one after it
 * @param of.now ms, of a clock that only goes on
 */
export async function decideStanding(of: {
  readonly input: GateInput;
  readonly fresh: boolean;
  readonly now: () => number;
  readonly readAfresh: (memory: GateMemory) => Promise<GateInput>;
}): Promise<GateVerdict> {
  const { input, fresh, now, readAfresh } = of;
  const judge = ({ newer: _, ...own }: GateInput) => decide(own, now());
  const verdict = judge({ ...input, fresh });
  const isAsked = verdict.kind === "waiting" && verdict.waitingFor === "read-afresh";
  return isAsked ? judge(await readAfresh(verdict.memory)) : verdict;
}
