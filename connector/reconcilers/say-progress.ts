import { monotonicNow } from "../../clients/monotonic.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector } from "../connector.ts";
import type { WaitLog } from "./wait-log.ts";

export type Progress = {
  readonly say: (verdict: Pick<GateVerdict, "progress" | "notes">) => Promise<void>;
  readonly hasSaid: (line: string) => boolean;
};

// Steps of a rollout follow one another; each line costs two calls.
const mostLooks = 6;

/**
 * The lines of a wait's log: only what was not said before, and what has lasted for one look; at first,
 * then the news of some looks at once. A line that comes back is said again, one that goes by costs
 * no call.
 */
export function createProgress(
  { config }: { readonly config: Pick<Connector["config"], "timings"> },
  log: WaitLog,
  clock = monotonicNow,
): Progress {
  /** What the log says already, and when it was last said something. */
  let said: ReadonlySet<string> = new Set();
  let saidAt: number | undefined;
  /** Lines of the last look, and since when they hold. */
  let holding: ReadonlyMap<string, number> = new Map();
  return {
    hasSaid: (line) => said.has(line),
    say: async ({ progress, notes }) => {
      const { look } = config.timings;
      const now = clock();
      const lines = [...progress, ...notes.map((note) => `Note: ${note}`)];
      holding = new Map(lines.map((line) => [line, holding.get(line) ?? now]));
      if (saidAt !== undefined && now - saidAt < mostLooks * look) return;
      const isFirst = saidAt === undefined;
      const ripe = lines.filter((line) => isFirst || now - (holding.get(line) ?? now) >= look / 2);
      const news = ripe.filter((line) => !said.has(line));
      await log.say(news);
      if (news.length > 0) saidAt = now;
      said = new Set([...ripe, ...lines.filter((line) => said.has(line))]);
    },
  };
}
