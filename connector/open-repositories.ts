import type { AzureDevOps } from "../clients/azure-devops/connection.ts";
import { HttpError, TerminalError } from "../core/errors.ts";
import type { Logger } from "pino";
import { insist } from "./insist.ts";
import type { ConnectorConfig, RepositoryConfig } from "../core/connector-config/config.ts";
import {
  openRepository,
  repositoryMissing,
  type ManifestsRepository,
} from "./manifests-repository.ts";

export type Repositories = {
  /** Those that are open, by the names that the configuration gives them. */
  readonly open: ReadonlyMap<string, ManifestsRepository>;
  /** Why others are not. */
  readonly problems: () => readonly string[];
  /** Tries one that is not open yet; says a reason once. */
  readonly tryAgain: (name: string) => Promise<ManifestsRepository | undefined>;
};

/**
 * Opens what the identity may read, and says what it may not. @throws TerminalError when that leaves
 * nothing, HttpError when the service does not answer.
 */
export async function openRepositories(
  ado: AzureDevOps,
  config: ConnectorConfig,
  log: Logger,
): Promise<Repositories> {
  const open = new Map<string, ManifestsRepository>();
  const missing = new Map<string, TerminalError>();

  async function tryOne(one: RepositoryConfig): Promise<ManifestsRepository | undefined> {
    try {
      const repository = await insist(() => openRepository(ado, one));
      open.set(one.name, repository);
      if (missing.delete(one.name))
        log.info(
          { repository: one.name },
          `Repository ${one.project}/${one.repository} is open now`,
        );
      await sayWithoutBranch(repository, log).catch((error: unknown) =>
        log.warn({ err: error, repository: one.name }, "The branch could not be looked at yet"),
      );
      return repository;
    } catch (error) {
      const problem = asMissing(error, one);
      if (!problem) throw error;
      missing.set(one.name, problem);
      return undefined;
    }
  }

  await Promise.all(config.repositories.map(tryOne));
  const [first] = missing.values();
  if (open.size === 0 && first) throw allMissing([...missing.values()], first);
  for (const [repository, { code, message, hint }] of missing) {
    log.error({ repository, code }, `${message}. ${hint ?? ""} The others are served meanwhile`);
  }
  return {
    open,
    problems: () => [...missing.values()].map(({ message }) => message),
    tryAgain: async (name) => {
      const one = config.repositories.find((each) => each.name === name);
      return one && tryOne(one);
    },
  };
}

function allMissing(problems: readonly TerminalError[], first: TerminalError): TerminalError {
  if (problems.length === 1) return first;
  return new TerminalError(problems.map(({ message }) => message).join("; "), {
    code: first.code,
    ...(first.hint === undefined ? {} : { hint: first.hint }),
  });
}

// A project that is not there, or not open to the identity, is answered with 401, 403 or 404.
function asMissing(error: unknown, one: RepositoryConfig): TerminalError | undefined {
  if (error instanceof TerminalError) return error;
  if (!(error instanceof HttpError) || ![401, 403].includes(error.status)) return undefined;
  return repositoryMissing(one, error);
}

async function sayWithoutBranch(repository: ManifestsRepository, log: Logger): Promise<void> {
  const { config } = repository;
  if ((await repository.head(0)) !== undefined) return;
  log.warn(
    { repository: config.name, code: "branch-not-found" },
    `Failed to find branch ${config.branch} in ${config.project}/${config.repository}: there is none yet. Nothing can be deployed from it until it is there`,
  );
}
