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

const leases = ["build", "retention", "leases"];

/** Those by which an owner keeps a run. */
export async function findLeases(
  ado: AzureDevOps,
  { project, definition, build, owner }: Omit<NewLease, "daysValid">,
): Promise<readonly Lease[]> {
  const query = { ownerId: owner, definitionId: definition, runId: build };
  const found = await list<Lease>(ado, { project, path: leases, query });
  return found.filter(({ ownerId, runId }) => ownerId === owner && runId === build);
}

export async function dropLease(
  ado: AzureDevOps,
  { project, leaseId }: { readonly project: string; readonly leaseId: number },
): Promise<void> {
  await call(ado, { project, path: leases, method: "DELETE", query: { ids: leaseId } });
}

/**
 * Keeps a run from being cleaned up, once for each owner. @returns whether it was made now.
 * @throws HttpError 403 without the right for it (UNVERIFIED which: docs/unverified.md, 33).
 */
export async function keepRun(ado: AzureDevOps, wanted: NewLease): Promise<boolean> {
  const { project, definition, build, owner, daysValid } = wanted;
  if ((await findLeases(ado, wanted)).length > 0) return false;
  const one = { daysValid, definitionId: definition, ownerId: owner, protectPipeline: false };
  await call(ado, { project, path: leases, method: "POST", json: [{ ...one, runId: build }] });
  return true;
}
