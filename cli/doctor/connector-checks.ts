import { listCommits } from "../../clients/azure-devops/commits.ts";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { setDocument } from "../../clients/azure-devops/extension-data.ts";
import {
  readRepositoryRights,
  readStopBuildsRight,
} from "../../clients/azure-devops/permissions.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import type { Extension } from "../../core/extension.ts";
import { Failure, type Check } from "./check.ts";
import type { Organisation } from "./read-checks.ts";

type Place = { readonly repo: RepositoryRef; readonly branch: string };

/** What the connector writes to a repository: asked for, or with `write` done. */
export function statusCheck(
  { ado, who }: Organisation,
  { repo, branch, write }: Place & { readonly write: boolean },
): Check {
  return {
    name: "commit statuses (write)",
    remedy: () =>
      `Allow "Contribute to pull requests" for ${who.name} in Project settings > Repositories > ${repo.repository} > Security of project ${repo.project}; a PAT needs Code (Status).`,
    test: async () => {
      if (write) return postProbe({ ado }, { repo, branch });
      const found = await getRepository(ado, repo);
      if (found === undefined) throw new Failure("absent", "the repository is not to be seen");
      const permission = "Contribute to pull requests";
      const of = { project: found.project.id, repository: found.id, permission } as const;
      if (await readRepositoryRights(ado, of))
        return "allowed, says the service; --write posts one";
      throw new Failure("refused", `the service says that ${permission} is not allowed`);
    },
  };
}

async function postProbe({ ado }: Pick<Organisation, "ado">, { repo, branch }: Place) {
  const [tip] = await listCommits(ado, { repo, branch, top: 1 });
  if (tip === undefined) throw new Failure("absent", `${branch} has no commit`);
  const context = { genre: "fluxgate-doctor", name: "probe" };
  const description = "Written by fluxgate doctor; it means nothing";
  const status = { state: "notApplicable", description, context } as const;
  await postStatus(ado, { repo, commit: tip.commitId, status });
  return `posted fluxgate-doctor/probe on ${tip.commitId.slice(0, 12)}`;
}

/** Superseded, rejected and expired runs are cancelled by it. */
export function stopBuildsCheck({ ado, who }: Organisation, repo: RepositoryRef): Check {
  return {
    name: `builds of ${repo.project} (stop)`,
    lost: "superseded, rejected and expired runs end as failed",
    remedy: () =>
      `Allow "Stop builds" for ${who.name} in Pipelines > Manage security of project ${repo.project}, or set superseded: fail.`,
    test: async () => {
      const found = await getRepository(ado, repo);
      if (found === undefined) throw new Failure("absent", "the project is not to be seen");
      if (await readStopBuildsRight(ado, found.project.id)) return "allowed, says the service";
      throw new Failure("refused", "the service says that Stop builds is not allowed");
    },
  };
}

/** The hub's documents; a collection of its own, so that no page shows it. */
export function writeDocumentCheck(
  { ado }: Pick<Organisation, "ado">,
  { publisher, name: extension }: Extension,
): Check {
  return {
    name: "extension data (write)",
    lost: "the hub shows no Flux state",
    remedy:
      "Install the Fluxgate extension (Organisation settings > Extensions); a PAT needs Extension data (Read & write).",
    test: async () => {
      const of = { publisher, extension, collection: "doctor" };
      await setDocument(ado, { ...of, document: { id: "probe", __etag: -1 } });
      return "wrote the document doctor/probe";
    },
  };
}
