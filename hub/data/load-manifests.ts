import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { readFile } from "../../clients/azure-devops/items.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { listRepositories } from "../../clients/azure-devops/repositories.ts";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import { shownManifest } from "../../core/diff/shown-manifest.ts";
import { inFolder } from "../../core/render/ownership-index.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Part } from "../view/apps-view.ts";
import { loadWanted } from "./load-wanted.ts";

/** A file of an app, at the commit that the branch had when it was listed. */
export type ManifestFile = {
  readonly repo: RepositoryRef;
  readonly commit: string;
  readonly path: string;
  /** In Azure Repos. */
  readonly url: string;
};

export async function loadManifestList(
  ado: AzureDevOps,
  of: { readonly project: string; readonly environment: string; readonly part: Part },
): Promise<readonly ManifestFile[]> {
  const repositories = await listRepositories(ado, { project: of.project });
  const found = await mapLimited(repositories, 3, async (repository) => {
    const { defaultBranch, isDisabled, id, name, project } = repository;
    if (isDisabled === true || defaultBranch === undefined) return [];
    const repo = { project: project.id, repository: id };
    const refs = await listRefs(ado, { repo, filter: defaultBranch.replace(/^refs\//, "") });
    const commit = refs.find((ref) => ref.name === defaultBranch)?.objectId;
    if (commit === undefined) return [];
    const { folders } = await loadWanted(ado, { repo, commit });
    const { organisationUrl } = ado;
    const home = repositoryUrl({ organisationUrl, project: project.name, repository: name });
    return folders
      .filter(({ environment }) => environment === of.environment)
      .flatMap(({ path, deliveries }) =>
        deliveries
          .filter(({ delivery }) => delivery === of.part.delivery)
          .flatMap(({ files }) =>
            Object.entries(files)
              .filter(([, { app }]) => app === of.part.app)
              .map(([file]): ManifestFile => {
                const whole = inFolder(path, file);
                const query = new URLSearchParams({ path: `/${whole}`, version: `GC${commit}` });
                return { repo, commit, path: whole, url: `${home}?${query.toString()}` };
              }),
          ),
      );
  });
  return found.flat();
}

/** The text of one file, without the values of secrets. */
export async function loadManifest(
  ado: AzureDevOps,
  { repo, commit, path }: ManifestFile,
): Promise<string> {
  const text = await readFile(ado, { repo, commit, path });
  return text === undefined ? "The file is gone from the branch." : shownManifest(text);
}
