import {
  type AzureDevOps,
  oddAnswer,
  type RepositoryRef,
} from "../../clients/azure-devops/connection.ts";
import { readFile } from "../../clients/azure-devops/items.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { listRepositories } from "../../clients/azure-devops/repositories.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import { shownManifest } from "../../core/diff/shown-manifest.ts";
import { inFolder } from "../../core/render/ownership-index.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Part } from "../view/apps-view.ts";
import { unreadOf } from "../view/unread.ts";
import { loadWanted } from "./load-wanted.ts";
import { reading, valueOf } from "./read.ts";

/** A file of an app, at the commit that the branch had when it was listed. */
export type ManifestFile = {
  readonly repo: RepositoryRef;
  readonly commit: string;
  readonly path: string;
  /** In Azure Repos. */
  readonly url: string;
};

export type ManifestList = {
  readonly files: readonly ManifestFile[];
  /** Repositories that could not be read, and may have more of them: a sentence each. */
  readonly unread: readonly string[];
};

export async function loadManifestList(
  ado: AzureDevOps,
  of: { readonly project: string; readonly environment: string; readonly part: Part },
): Promise<ManifestList> {
  const repositories = await listRepositories(ado, { project: of.project });
  const found = await mapLimited(repositories, 3, async (repository) => ({
    name: repository.name,
    files: await reading(filesIn(repository)),
  }));
  return {
    files: found.flatMap(({ files }) => valueOf(files) ?? []),
    unread: found.flatMap(({ name, files }) => unreadOf(`Repository ${name}`, files)),
  };

  async function filesIn(repository: Repository): Promise<readonly ManifestFile[]> {
    const { defaultBranch, isDisabled, id, name, project } = repository;
    if (isDisabled === true || defaultBranch === undefined) return [];
    const repo = { project: project.id, repository: id };
    const refs = await listRefs(ado, { repo, filter: defaultBranch.replace(/^refs\//, "") });
    const commit = refs.find((ref) => ref.name === defaultBranch)?.objectId;
    if (commit === undefined) throw oddAnswer(`it does not tell the head of ${defaultBranch}`);
    const { folders, isRead, problems } = await loadWanted(ado, { repo, commit });
    if (!isRead) throw new Error(problems[0]);
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
  }
}

/** The text of one file, without the values of secrets. */
export async function loadManifest(
  ado: AzureDevOps,
  { repo, commit, path }: ManifestFile,
): Promise<string> {
  const text = await readFile(ado, { repo, commit, path });
  return text === undefined ? "The file is gone from the branch." : shownManifest(text);
}
