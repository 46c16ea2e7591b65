import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listDocuments } from "../../clients/azure-devops/extension-data.ts";
import type { Extension } from "../../core/extension.ts";
import {
  type EnvironmentSnapshot,
  parseSnapshot,
  snapshotCollection,
} from "../../core/environment-snapshot.ts";

/** What the connectors of the organisation last wrote about their environments. */
export async function loadSnapshots(
  ado: AzureDevOps,
  extension: Extension,
): Promise<readonly EnvironmentSnapshot[]> {
  const documents = await listDocuments(ado, {
    publisher: extension.publisher,
    extension: extension.name,
    collection: snapshotCollection,
  });
  return documents.flatMap((document) => parseSnapshot(document) ?? []);
}
