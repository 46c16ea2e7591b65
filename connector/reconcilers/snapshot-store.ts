// Where snapshots lie: documents of the extension. Two connectors of one cluster would write over
// each other; what is written is compared with what was read, and a stranger's hand is said.
import {
  getDocument,
  setDocument,
  type Document,
} from "../../clients/azure-devops/extension-data.ts";
import { sha256 } from "../../clients/sha256.ts";
import {
  type EnvironmentSnapshot,
  parseSnapshot,
  snapshotCollection,
  snapshotId,
  snapshotPageCollection,
} from "../../core/environment-snapshot.ts";
import { HttpError } from "../../core/errors.ts";
import { splitSnapshot } from "../../core/snapshot/pages.ts";
import type { Connector } from "../connector.ts";

/** Its objects are those of the cluster, which holds them: the next look reads them anew. */
export type LastSnapshot = Omit<EnvironmentSnapshot, "objects">;

type Known = { readonly etag: number; readonly snapshot: LastSnapshot | undefined };

export function createSnapshotStore({
  ado,
  config,
  log,
}: Pick<Connector, "ado" | "config" | "log">) {
  const { publisher, name } = config.azureDevOps.extension;
  const place = { publisher, extension: name };
  const known = new Map<string, Known>();
  const pagesWritten = new Map<string, string>();
  const saidOther = new Set<string>();

  /** The newest that is known of a cluster: after a restart, what the one before has written. */
  async function last(of: {
    readonly environment: string;
    readonly cluster: string;
  }): Promise<LastSnapshot | undefined> {
    const id = snapshotId(of.environment, of.cluster);
    const found = known.get(id) ?? (await read(id));
    known.set(id, found);
    return found.snapshot;
  }

  async function read(id: string): Promise<Known> {
    const document = await getDocument<Document>(ado, {
      ...{ ...place, collection: snapshotCollection, id },
    });
    // Without a document there is nothing to compare with: the first write makes it.
    const snapshot = parseSnapshot(document);
    return { etag: document?.__etag ?? -1, snapshot: snapshot && withoutObjects(snapshot) };
  }

  /** It was looked at, and is as it was written. */
  function saw(snapshot: EnvironmentSnapshot): void {
    const before = known.get(snapshot.id);
    if (before) known.set(snapshot.id, { ...before, snapshot: withoutObjects(snapshot) });
  }

  /** Pages first: whoever reads the document finds all that it names. */
  async function save(snapshot: EnvironmentSnapshot): Promise<void> {
    const { document, pages } = splitSnapshot(snapshot, sha256);
    const digest = pages[0]?.digest ?? "";
    if (digest !== "" && pagesWritten.get(snapshot.id) !== digest) {
      for (const page of pages) {
        await setDocument(ado, {
          ...place,
          collection: snapshotPageCollection,
          document: { ...page, __etag: -1 },
        });
      }
      pagesWritten.set(snapshot.id, digest);
    }
    const etag = known.get(snapshot.id)?.etag ?? -1;
    try {
      const { __etag = -1 } = await put({ ...document, __etag: etag });
      known.set(snapshot.id, { etag: __etag, snapshot: withoutObjects(snapshot) });
    } catch (error) {
      if (!(await readWhetherOthers(snapshot.id, etag, error))) throw error;
    }
  }

  function put(document: EnvironmentSnapshot & Document): Promise<Document> {
    return setDocument<Document>(ado, { ...place, collection: snapshotCollection, document });
  }

  // Which status a stale etag gets is not published (UNVERIFIED): another etag is what tells it.
  // The next look writes on top of what stands there now.
  async function readWhetherOthers(id: string, etag: number, error: unknown): Promise<boolean> {
    if (etag === -1 || !(error instanceof HttpError) || error.status >= 500) return false;
    if ([401, 403].includes(error.status)) return false;
    const now = await read(id);
    if (now.etag === etag) return false;
    known.set(id, now);
    if (!saidOther.has(id)) {
      saidOther.add(id);
      const by = now.snapshot?.reportedBy ?? "somebody unknown";
      log.warn(
        { snapshot: id, by },
        `Another one writes the snapshot ${id} too: does a second connector serve it?`,
      );
    }
    return true;
  }

  return { last, saw, save };
}

function withoutObjects({ objects: _, ...snapshot }: EnvironmentSnapshot): LastSnapshot {
  return snapshot;
}
