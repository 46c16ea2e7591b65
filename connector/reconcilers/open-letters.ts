import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { parseLetter, type Letter } from "../../core/run/letter.ts";
import { openLetters as openOf } from "../../core/run/statuses.ts";
import type { CommitStatus, Ref } from "../../core/azure-devops/types.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** A letter that nothing has closed yet, with the commit that it lies on. */
export type OpenLetter = {
  readonly letter: Letter;
  readonly status: CommitStatus;
  readonly carrier: string;
  /** All statuses of the carrier, where they were read just now. */
  readonly statuses?: readonly CommitStatus[];
};

/** The runs' branches of a repository, with the statuses of their heads: one call. */
export function readRunBranches(
  ado: AzureDevOps,
  repository: ManifestsRepository,
): Promise<readonly Ref[]> {
  return listRefs(ado, { repo: repository.ref, filter: "heads/fluxgate/", includeStatuses: true });
}

// The service lists at most so many of a branch; what else there is nobody can tell from it.
const mostOfBranch = 1_000;

/** Letters on the heads of branches; two branches may have one head. */
export function lettersOnBranches(
  reader: { readonly me: string; readonly former?: readonly string[] },
  refs: readonly Ref[],
): readonly OpenLetter[] {
  const heads = new Map(refs.map(({ objectId, statuses = [] }) => [objectId, statuses] as const));
  return [...heads].flatMap(([commit, statuses]) => {
    const letters = openLetters(reader, commit, statuses);
    return statuses.length < mostOfBranch ? letters.map((one) => ({ ...one, statuses })) : letters;
  });
}

/** Those of a commit; a stranger's statuses neither close a letter nor hide one. */
export function openLetters(
  { me, former = [] }: { readonly me: string; readonly former?: readonly string[] },
  carrier: string,
  statuses: readonly CommitStatus[],
): readonly OpenLetter[] {
  return openOf(statuses, new Set([me, ...former])).flatMap((status) => {
    const letter = parseLetter(status);
    return letter === undefined ? [] : [{ letter, status, carrier }];
  });
}
