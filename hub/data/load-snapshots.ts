import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { findDocuments, getDocument } from "../../clients/azure-devops/extension-data.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Extension } from "../../core/extension.ts";
import {
  type EnvironmentSnapshot,
  parseSnapshot,
  snapshotCollection,
  snapshotPageCollection,
} from "../../core/environment-snapshot.ts";
import { joinPages, pageId } from "../../core/snapshot/pages.ts";
import { parsePage } from "../../core/snapshot/parse-snapshot.ts";

/** What the connectors of the organisation last wrote about their environments. */
export async function loadSnapshots(
  ado: AzureDevOps,
  extension: Extension,
): Promise<readonly EnvironmentSnapshot[]> {
  const documents = await findDocuments(ado, {
    publisher: extension.publisher,
    extension: extension.name,
    collection: snapshotCollection,
  });
  // Anybody may have written another document that says it is of the same cluster.
  const byId = new Map<string, EnvironmentSnapshot>();
  for (const document of documents) {
    const snapshot = parseSnapshot(document);
    if (snapshot === undefined) continue;
    if (document.id === snapshot.id || !byId.has(snapshot.id)) byId.set(snapshot.id, snapshot);
  }
  return [...byId.values()];
}

/** A snapshot with what stands in its pages; without it, and saying so, where they do not fit. */
export async function loadPages(
  ado: AzureDevOps,
  {
    extension,
    snapshot,
  }: { readonly extension: Extension; readonly snapshot: EnvironmentSnapshot },
): Promise<EnvironmentSnapshot> {
  const { pages } = snapshot;
  if (pages === undefined) return snapshot;
  const found = await mapLimited([...Array(pages.count).keys()], 4, async (index) =>
    parsePage(
      await getDocument(ado, {
        publisher: extension.publisher,
        extension: extension.name,
        collection: snapshotPageCollection,
        id: pageId(snapshot.id, index),
      }),
    ),
  ).catch(() => []);
  const whole = joinPages(snapshot, found);
  if (whole !== undefined) return whole;
  const gap = "Its details are just being written, or cannot be read: look again in a moment";
  return { ...snapshot, gaps: [...(snapshot.gaps ?? []), gap] };
}
