import type { ConnectionData } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, get } from "./connection.ts";

/** Who this connection is, and the organisation's host id. Needs no right but to sign in. */
export function connectionData(ado: AzureDevOps): Promise<ConnectionData> {
  return get(ado, { path: ["connectionData"], apiVersion: "7.1-preview.1" });
}
