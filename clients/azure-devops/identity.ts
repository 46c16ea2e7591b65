import type { ConnectionData } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, get, oddAnswer } from "./connection.ts";

/** Who this connection is, and the organisation's host id. Needs no right but to sign in. */
export async function readConnectionData(ado: AzureDevOps): Promise<ConnectionData> {
  const path = ["connectionData"];
  const found = await get<Partial<ConnectionData> | null>(ado, {
    path,
    apiVersion: "7.1-preview.1",
  });
  if (typeof found?.authenticatedUser?.id !== "string" || typeof found.instanceId !== "string") {
    throw oddAnswer("it does not say who is signed in");
  }
  return found as ConnectionData;
}
