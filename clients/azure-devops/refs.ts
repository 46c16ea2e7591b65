import type { Ref, RefUpdateResult } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, git, pagesOf, type RepositoryRef } from "./connection.ts";
import { writeOnce } from "./write-once.ts";

/** The object id that stands for "no object": creates or deletes a ref. */
export const noObject = "0".repeat(40);

/**
 * Refs whose name starts with `filter`, given without `refs/` (`heads/fluxgate/`).
 * With `includeStatuses` each carries its commit's statuses (at most 1000).
 */
export async function listRefs(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly filter: string;
    readonly includeStatuses?: boolean;
  },
): Promise<readonly Ref[]> {
  const { repo, filter, includeStatuses } = options;
  const refs: Ref[] = [];
  const query = { filter, includeStatuses, $top: 1000 };
  for await (const page of pagesOf<Ref>(ado, { ...git(repo, "refs"), query })) refs.push(...page);
  return refs;
}

/**
 * Moves one ref if it still is at `oldObjectId`; {@link noObject} creates or deletes. The service
 * answers 200 even when it refuses: look at `success` and `updateStatus`.
 */
export function updateRef(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly name: string;
    readonly oldObjectId: string;
    readonly newObjectId: string;
  },
): Promise<RefUpdateResult> {
  const { repo, ...update } = options;
  return writeOnce({
    send: async () => {
      const answer = await call(ado, { ...git(repo, "refs"), method: "POST", json: [update] });
      const [result] = answer.json<{ value: readonly RefUpdateResult[] }>().value;
      return result ?? { ...update, success: false, updateStatus: "unprocessed" };
    },
    look: async () => {
      const filter = update.name.replace(/^refs\//, "");
      const refs = await listRefs(ado, { repo, filter });
      const now = refs.find(({ name }) => name === update.name)?.objectId ?? noObject;
      return now === update.newObjectId
        ? { ...update, success: true, updateStatus: "succeeded" }
        : undefined;
    },
  });
}
