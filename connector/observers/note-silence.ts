import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { isUnheard } from "../../core/gate/decide-observed.ts";
import type { GateInput } from "../../core/gate/gate-input.ts";
import type { Metrics } from "../metrics.ts";

/** Shows which clusters' own connectors leave unanswered what they were asked about an environment. */
export function noteSilence(
  { observerSilent }: Pick<Metrics, "observerSilent">,
  { name: environment }: EnvironmentConfig,
  { clusters }: Pick<GateInput, "clusters">,
): void {
  for (const { name: cluster, active, observer } of clusters) {
    if (observer === undefined || !active) continue;
    observerSilent.set({ environment, cluster }, isUnheard(observer) ? 1 : 0);
  }
}
