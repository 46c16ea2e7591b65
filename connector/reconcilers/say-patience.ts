import { monotonicNow } from "../../clients/monotonic.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { fitted } from "../../core/fitted.ts";
import type { GateOutcome } from "../../core/gate/verdict.ts";
import { whatDecides } from "../../core/gate/what-decides.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";
import type { WaitLog } from "./wait-log.ts";

type Said = Pick<
  Extract<GateOutcome, { readonly kind: "waiting" }>,
  "waitingFor" | "text" | "decides"
>;

export type Patience = {
  readonly say: (verdict: Said) => Promise<void>;
};

const longestDescription = 250;

/**
 * A wait that goes on says in its log and beside its letter, within a minute, what it waits for and
 * what would decide it; again when that changes, at most once a minute.
 */
export function createPatience(
  { ado, config }: Pick<Connector, "ado" | "config">,
  { open, log }: { readonly open: OpenWait; readonly log: WaitLog },
  clock = monotonicNow,
): Patience {
  const pause = Math.min(60_000, 12 * config.timings.look);
  let since = clock();
  let waitingFor: string | undefined;
  let logged: string | undefined;
  let said: string | undefined;

  async function post(description: string): Promise<void> {
    const { context, targetUrl } = open.wait.letter;
    await postStatus(ado, {
      repo: open.repository.ref,
      commit: open.wait.carrier,
      status: {
        ...{ state: "pending", context, description: fitted(description, longestDescription) },
        ...(targetUrl === undefined ? {} : { targetUrl }),
      },
    });
  }

  return {
    say: async (verdict) => {
      const now = clock();
      if (verdict.waitingFor !== waitingFor) {
        waitingFor = verdict.waitingFor;
        since = now;
      }
      const decides = whatDecides(verdict);
      const text = `${verdict.text}. ${decides}`;
      if (now - since < pause || text === said) return;
      // Once, although the status may have to be posted again.
      if (text !== logged) await log.say([`Still waiting: ${text}`]);
      logged = text;
      await post(text);
      since = now;
      said = text;
    },
  };
}
