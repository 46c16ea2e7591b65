import { monotonicNow } from "../../clients/monotonic.ts";
import { HttpError } from "../../core/errors.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { Connector } from "../connector.ts";
import { createSnapshotStore } from "./snapshot-store.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** What the look at the environment itself has found. */
export type Found = {
  /** The last one that changed it. */
  readonly commit: string | undefined;
  /** All that runs there, at that commit, by the rules of the gate. */
  readonly healthy: boolean;
};

/** Writes what the hub shows: only when it differs, and at each resync so that its age is told. */
export function createSnapshots(connector: Connector) {
  const { config, log } = connector;
  const store = createSnapshotStore(connector);
  const written = new Map<string, { readonly text: string; readonly at: number }>();
  /** When the service last refused a document, ms since 1970. */
  let refused = 0;
  let said = "";

  async function write(environment: EnvironmentConfig, found: Found): Promise<void> {
    if (config.mode === "observe" || monotonicNow() - refused < config.timings.resync) return;
    for (const { name, active } of environment.clusters) {
      const cluster = connector.clusters.get(name);
      if (!cluster) continue;
      try {
        await writeOne(environment, { cluster, active, ...found });
      } catch (error) {
        if (!(error instanceof HttpError) || ![401, 403, 404].includes(error.status)) throw error;
        // The connector works without the extension; the hub then shows git and pull requests only.
        // It may be installed, or the right granted, while the connector runs.
        refused = monotonicNow();
        if (said !== error.code) {
          log.warn({ err: error }, "The hub gets no Flux state: extension data cannot be written");
        }
        said = error.code;
        return;
      }
    }
  }

  async function writeOne(
    environment: EnvironmentConfig,
    of: Omit<Parameters<typeof takeSnapshot>[2], "before">,
  ): Promise<void> {
    const id = { environment: environment.name, cluster: of.cluster.name };
    const before = await store.last(id);
    const snapshot = await takeSnapshot(connector, environment, { ...of, before });
    const text = JSON.stringify({ ...snapshot, observedAt: undefined });
    const now = monotonicNow();
    const last = written.get(snapshot.id);
    if (last?.text === text && now - last.at < config.timings.resync) {
      store.saw(snapshot);
      return;
    }
    await store.save(snapshot);
    written.set(snapshot.id, { text, at: now });
    if (said !== "") log.info("The hub gets Flux' state: extension data can be written now");
    said = "";
  }

  return { write };
}
