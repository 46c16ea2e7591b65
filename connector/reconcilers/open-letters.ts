import { listRefs } from "../../clients/azure-devops/refs.ts";
import { parseLetter, type Letter } from "../../core/run/letter.ts";
import { openLetters as openOf } from "../../core/run/statuses.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** A letter that nothing has closed yet, with the commit that it lies on. */
export type OpenLetter = {
  readonly letter: Letter;
  readonly status: CommitStatus;
  readonly carrier: string;
};

/** Letters on the heads of the runs' branches: one call. */
export async function lettersOnBranches(
  connector: Connector,
  repository: ManifestsRepository,
): Promise<readonly OpenLetter[]> {
  const refs = await listRefs(connector.ado, {
    repo: repository.ref,
    filter: "heads/fluxgate/",
    includeStatuses: true,
  });
  return refs.flatMap(({ objectId, statuses = [] }) => openLetters(connector, objectId, statuses));
}

/** Those of a commit; a stranger's statuses neither close a letter nor hide one. */
export function openLetters(
  { me }: Pick<Connector, "me">,
  carrier: string,
  statuses: readonly CommitStatus[],
): readonly OpenLetter[] {
  return openOf(statuses, new Set([me])).flatMap((status) => {
    const letter = parseLetter(status);
    return letter === undefined ? [] : [{ letter, status, carrier }];
  });
}
