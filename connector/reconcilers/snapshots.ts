import { monotonicNow } from "../../clients/monotonic.ts";
import { sha256 } from "../../clients/sha256.ts";
import { HttpError } from "../../core/errors.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { ConditionDetail } from "../../core/snapshot/object-detail.ts";
import type { Connector } from "../connector.ts";
import { createSnapshotStore } from "./snapshot-store.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** What the look at the environment itself has found. */
export type Found = {
  /** The last one that changed it. */
  readonly commit: string | undefined;
  /** All that runs there, at that commit, by the rules of the gate. */
  readonly healthy: boolean;
  /** It may change with the next look. */
  readonly moving?: boolean;
};

/** What of the connector its snapshots need. */
export type SnapshotsRoom = Pick<
  Connector,
  "ado" | "clusters" | "config" | "leavesOut" | "log" | "me" | "repositories"
>;

// A rollout changes at every look: the hub is told of it after some, then more rarely, and of its end at
// once.
const looksHeld = 3;
const looksBetween = 6;

/**
 * Writes what the hub shows: only when it differs, a rollout's steps a few at once, and at each resync
 * so that its age is told.
 */
export function createSnapshots(connector: SnapshotsRoom) {
  const { config, log } = connector;
  const store = createSnapshotStore(connector);
  /** By their digests: a large environment's is long. */
  const written = new Map<string, { readonly digest: string; readonly at: number }>();
  /** Since when a rollout has something to tell. */
  const since = new Map<string, number>();
  /** When the service last refused a document, ms since 1970. */
  let refused = 0;
  let said = "";

  async function write(environment: EnvironmentConfig, found: Found): Promise<void> {
    if (config.mode === "observe" || monotonicNow() - refused < config.timings.resync) return;
    if (connector.leavesOut?.("snapshot") === true) return;
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
    of: Omit<Parameters<typeof takeSnapshot>[2], "before"> & Pick<Found, "moving">,
  ): Promise<void> {
    const id = { environment: environment.name, cluster: of.cluster.name };
    const before = await store.last(id);
    const seen = await takeSnapshot(connector, environment, { ...of, before });
    const snapshot = { ...seen, every: config.timings.resync };
    const digest = sha256(newsIn(snapshot));
    const last = written.get(snapshot.id);
    const isDue = last === undefined || monotonicNow() - last.at >= config.timings.resync;
    if (!isDue && last.digest === digest) {
      since.delete(snapshot.id);
      return store.saw(snapshot);
    }
    if (of.moving === true && !isDue && isHeld(snapshot.id, last.at)) {
      // The times of its steps are those of now, whenever they are written.
      return store.saw(snapshot);
    }
    await store.save(snapshot);
    since.delete(snapshot.id);
    written.set(snapshot.id, { digest, at: monotonicNow() });
    if (said !== "") log.info("The hub gets Flux' state: extension data can be written now");
    said = "";
  }

  function isHeld(id: string, writtenAt: number): boolean {
    const now = monotonicNow();
    const begun = since.get(id) ?? now;
    since.set(id, begun);
    const { look } = config.timings;
    return now - begun < looksHeld * look || now - writtenAt < looksBetween * look;
  }

  return { write };
}

// Flux looks at everything again at each interval: its conditions change with that, and begin anew.
function newsIn({ observedAt: _, ...snapshot }: EnvironmentSnapshot): string {
  const objects = snapshot.objects.map(({ conditions = [], ...object }) => ({
    ...object,
    conditions: object.phase === "in-sync" ? [] : conditions.map(withoutTime),
  }));
  return JSON.stringify({ ...snapshot, objects });
}

function withoutTime({ since: _, ...condition }: ConditionDetail): object {
  return condition;
}
