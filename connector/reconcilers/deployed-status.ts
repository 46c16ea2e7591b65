// What the code commit is told of its deployment: `deployed/<environment>`.
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { HttpError } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import { statusGenre } from "../../core/run/letter.ts";
import type { Connector } from "../connector.ts";
import type { CodeCommit } from "./code-commit.ts";

/** The code commit that one wait is about. */
export type Deployed = {
  readonly project: string;
  readonly source: CodeCommit;
  readonly environment: string;
  /** The wait's own address: whose word a status is. */
  readonly targetUrl: string | undefined;
};

// No limit is published; longer ones are at risk (research: platform §10.1).
export const longestDescription = 250;

export const deployedPrefix = "deployed/";

/** Without the right to it there is none, and a warning in the log; @returns whether it stands. */
export async function postDeployed(
  { ado, log }: Pick<Connector, "ado" | "log">,
  deployed: Deployed,
  said: { readonly state: CommitStatus["state"]; readonly text: string },
): Promise<boolean> {
  const { project, source, environment, targetUrl } = deployed;
  const post = () =>
    postStatus(ado, {
      repo: { project, repository: source.repository },
      commit: source.commit,
      status: {
        state: said.state,
        description: fitted(said.text, longestDescription),
        context: { genre: statusGenre, name: `${deployedPrefix}${environment}` },
        ...(targetUrl === undefined ? {} : { targetUrl }),
      },
    });
  try {
    // Once more: one odd refusal is none.
    await post().catch(post);
    return true;
  } catch (error) {
    // The code repository may be closed to the connector; what it waits for goes on all the same.
    const refused = error instanceof HttpError && [400, 401, 403, 404].includes(error.status);
    if (!refused) throw error;
    log.warn({ err: error, commit: source.commit }, "The code commit got no status");
    return false;
  }
}
