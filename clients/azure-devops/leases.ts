import { type AzureDevOps, call, list } from "./connection.ts";

export type Lease = { readonly leaseId: number; readonly ownerId: string; readonly runId: number };

export type NewLease = {
  readonly project: string;
  readonly definition: number;
  readonly build: number;
  /** Who holds it: one's own word, by which it is found again. */
  readonly owner: string;
  readonly daysValid: number;
};

/**
 * Keeps a run from being cleaned up, once for each owner. @returns whether it was made now.
 * @throws HttpError 403 without the right to manage build retention.
 */
export async function keepRun(ado: AzureDevOps, wanted: NewLease): Promise<boolean> {
  const { project, definition, build, owner, daysValid } = wanted;
  const path = ["build", "retention", "leases"];
  const query = { ownerId: owner, definitionId: definition, runId: build };
  const held = await list<Lease>(ado, { project, path, query });
  if (held.some(({ ownerId, runId }) => ownerId === owner && runId === build)) return false;
  const one = { daysValid, definitionId: definition, ownerId: owner, protectPipeline: false };
  await call(ado, { project, path, method: "POST", json: [{ ...one, runId: build }] });
  return true;
}
