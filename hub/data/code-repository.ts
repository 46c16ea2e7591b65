import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listRepositories } from "../../clients/azure-devops/repositories.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import {
  normalOrganisationUrl,
  parseRepositoryUrl,
  sameRepository,
} from "../../core/azure-devops/urls.ts";
import { HttpError } from "../../core/errors.ts";
import type { Memory } from "./memory.ts";

/** Whether a render or a commit means this repository: by its address (tasks write it), name or id. */
export function isNamed({ id, name, remoteUrl, webUrl }: Repository, named: string): boolean {
  if ([id, name].includes(named)) return true;
  const asked = parseRepositoryUrl(named);
  const own = [remoteUrl, webUrl].map((url) => (url ? parseRepositoryUrl(url) : undefined));
  return own.some((one) => one !== undefined && asked !== undefined && sameRepository(one, asked));
}

/**
 * The repository that is meant, in the project of its address or else in `project`; undefined where
 * it is not there, or the viewer may not see it.
 * @param look of one look at the page: repositories come and go
 */
export async function findCodeRepository(
  ado: AzureDevOps,
  of: { readonly named: string; readonly project: string },
  look: Memory,
): Promise<Repository | undefined> {
  const address = parseRepositoryUrl(of.named);
  const here = normalOrganisationUrl(ado.organisationUrl).toLowerCase();
  if (address && normalOrganisationUrl(address.organisationUrl).toLowerCase() !== here) {
    return undefined;
  }
  try {
    const project = address?.project ?? of.project;
    const all = await look(["repositories", project], () => listRepositories(ado, { project }));
    return all.find((one) => isNamed(one, of.named));
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}
