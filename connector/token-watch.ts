import type { Logger } from "pino";
import type { ConnectorConfig } from "../core/connector-config/config.ts";
import { expiryWarning, tokenExpiry } from "../core/connector-config/token-expiry.ts";
import type { Metrics } from "./metrics.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** Shows when the token expires, and warns once a day from two weeks before. */
export function watchToken(of: {
  readonly azureDevOps: ConnectorConfig["azureDevOps"];
  readonly token: string;
  readonly metrics: Pick<Metrics, "tokenExpires">;
  readonly log: Pick<Logger, "warn">;
  /** The organisation's own time. */
  readonly now: () => number;
}): { readonly stop: () => void } {
  const { azureDevOps, token, metrics, log, now } = of;
  metrics.tokenExpires.reset();
  // A workload identity gets a new one by itself.
  if (azureDevOps.authentication === "workload-identity") return { stop: () => undefined };
  const expires = tokenExpiry(token, azureDevOps.tokenExpires);
  if (expires === undefined) return { stop: () => undefined };
  metrics.tokenExpires.set({ source: azureDevOps.authentication }, expires / 1000);
  const warn = () => {
    const text = expiryWarning(expires, now());
    if (text !== undefined) log.warn({ code: "token-expires" }, text);
  };
  warn();
  const timer = setInterval(warn, dayMs).unref();
  return { stop: () => clearInterval(timer) };
}
