import {
  listBuildsOfConsumed,
  listConsumedRuns,
} from "../../clients/azure-devops/consumed-runs.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { FluxgateError } from "../../core/errors.ts";
import type { CommitTrailers } from "../../core/run/trailers.ts";
import type { Connector } from "../connector.ts";

export type CodeCommit = { readonly repository: string; readonly commit: string };

/**
 * The code commit that a run deploys: its own or, where the carrier's trailers name another one, that
 * of the CI run which the service records this run to consume. The trailers alone are nobody's word.
 */
export async function findCodeCommit(
  { ado, log }: Pick<Connector, "ado" | "log">,
  { build, trailers }: { readonly build: Build; readonly trailers: CommitTrailers | undefined },
): Promise<CodeCommit | undefined> {
  const { repository, sourceVersion } = build;
  const named = trailers?.source.split("@").at(-1);
  if (named === undefined || named === sourceVersion) {
    return repository && { repository: repository.id, commit: sourceVersion };
  }
  const project = build.project.id;
  try {
    const definition = build.definition.id;
    for (const run of await listConsumedRuns(ado, { project, definition, build: build.id })) {
      const runs = await listBuildsOfConsumed(ado, { project, run });
      const found = runs.find((each) => each.sourceVersion === named && each.repository);
      if (found?.repository) return { repository: found.repository.id, commit: named };
    }
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    log.warn({ err: error, build: build.id }, "The consumed run of CI could not be read");
  }
  return undefined;
}
