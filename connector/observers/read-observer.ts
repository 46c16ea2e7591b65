import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { observerWord, type ObserverFacts } from "../../core/gate/observer-word.ts";
import { repositoryOf, type Connector } from "../connector.ts";

export type ObserverQuestion = {
  readonly environment: EnvironmentConfig;
  readonly cluster: string;
  /** Identity id. */
  readonly observer: string;
  /** X. */
  readonly commit: string;
  readonly delivery: string;
  readonly whole: boolean;
  /** Of an earlier attempt is what was asked before; ms since 1970. */
  readonly askedSince: number;
  /** For a status that stands for long, or for the end of one wait. */
  readonly standing: boolean;
  readonly everything: boolean;
  readonly maxAgeMs: number;
};

// For a wait: as fresh as an answer is when it is asked for, found, judged and read.
const freshMs = 120_000;
// A standing word is asked for anew once an hour, and only once for all deliveries: whoever answers
// about everything is there.
const standingMs = 3_600_000;

/** What the connector of a cluster that this one does not reach has said about X. */
export async function readObserver(
  connector: Pick<Connector, "ado" | "config" | "former" | "me" | "repositories">,
  of: ObserverQuestion,
): Promise<ObserverFacts> {
  const { ado, me, former = [], config } = connector;
  const { environment, cluster, observer, commit, delivery } = of;
  const statuses = await repositoryOf(connector, environment).statuses(commit, of.maxAgeMs);
  const { discovery, grace } = config.timings;
  return {
    ...observerWord(statuses, {
      ...{ delivery, environment: environment.name, cluster, observer, me: new Set([me]) },
    }),
    ...([me, ...former].some((id) => id.toLowerCase() === observer.toLowerCase())
      ? { unfit: "its observer is this connector's own identity: each needs one of its own" }
      : {}),
    ...{ whole: of.whole, askedSince: of.askedSince, now: ado.now() },
    longestAge: !of.standing ? freshMs : of.everything ? standingMs : 2 * standingMs,
    // It may look for questions on older commits as seldom as that.
    patience: of.standing ? Math.max(grace, 2 * discovery) : 0,
  };
}
