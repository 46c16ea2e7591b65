import { LRUCache } from "lru-cache";
import {
  getProperties,
  patchProperties,
} from "../../clients/azure-devops/pull-request-properties.ts";
import {
  listPullRequestStatuses,
  postPullRequestStatus,
} from "../../clients/azure-devops/pull-request-statuses.ts";
import {
  listComments,
  postComment,
  readLastPush,
} from "../../clients/azure-devops/pull-request-threads.ts";
import { readTeamMembers } from "../../clients/azure-devops/teams.ts";
import type { IdentityRef, PullRequest } from "../../core/azure-devops/types.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { causeText, FluxgateError } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import { holdsBack, type FreezeState } from "../../core/freeze/freeze.ts";
import {
  freezeStatusName,
  judgePullRequest,
  requestsIn,
  type BreakGlass,
  type FreezeVerdict,
} from "../../core/freeze/freeze-verdict.ts";
import { harmless } from "../../core/harmless.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { latestReported } from "../../core/run/statuses.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { longestDescription } from "./deployed-status.ts";

type Room = Pick<Connector, "ado" | "config" | "log" | "me" | "former">;

export type Watched = { readonly environment: EnvironmentConfig; readonly state: FreezeState };

/** With the environment's name; the value is JSON: who, when, why, and what was frozen. */
const recordProperty = "Fluxgate.BreakGlass";

export function createFreezePoster({ ado, config, log, me, former = [] }: Room) {
  const said = new LRUCache<string, string>({ max: 5_000 });
  const reporters = new Set([me, ...former]);

  async function exemptOf(repository: ManifestsRepository, { state }: Watched) {
    const team = "freeze" in state ? state.freeze.exempt : undefined;
    if (team === undefined) return undefined;
    try {
      return await readTeamMembers(ado, { project: repository.projectId, team });
    } catch (error) {
      if (!(error instanceof FluxgateError)) throw error;
      log.warn({ err: error }, `Failed to read who is in ${team}: ${causeText(error)}`);
      return undefined;
    }
  }

  async function verdictOf(
    repository: ManifestsRepository,
    id: number,
    watched: Watched,
  ): Promise<FreezeVerdict> {
    const { environment, state } = watched;
    const of = { repo: repository.ref, id };
    const base = { environment: environment.name, state };
    const nobody: readonly IdentityRef[] | undefined = undefined;
    if (!holdsBack(state)) {
      return judgePullRequest({ ...base, comments: [], pushedAt: "", exempt: nobody });
    }
    const comments = await listComments(ado, of);
    const pushedAt = (await readLastPush(ado, of)) ?? "";
    const isAsked = requestsIn({ comments, pushedAt }).length > 0;
    const exempt = isAsked ? await exemptOf(repository, watched) : nobody;
    return judgePullRequest({ ...base, comments, pushedAt, exempt });
  }

  /** Before the status: what lets it through is written down first. */
  async function record(
    repository: ManifestsRepository,
    id: number,
    of: { readonly environment: string; readonly broken: BreakGlass; readonly text: string },
  ): Promise<void> {
    const { environment, broken, text } = of;
    const name = `${recordProperty}.${environment}`;
    const value = JSON.stringify({ ...broken, environment });
    const repo = repository.ref;
    if ((await getProperties(ado, { repo, id }))[name] === value) return;
    // What people wrote becomes no mention, link or picture.
    const words = harmless(`${text} (${broken.at})`).replaceAll("```", "'''");
    await postComment(ado, { repo, id, text: `\`\`\`text\n${words}\n\`\`\``, once: true });
    // Last: it says that the comment is there.
    await patchProperties(ado, { repo, id, properties: { [name]: value } });
    log.warn({ pullRequest: id, environment, broken }, `!${id}: ${text}`);
  }

  return {
    /** Posts what differs from what stands there. */
    post: async (
      repository: ManifestsRepository,
      { pullRequestId: id }: PullRequest,
      watched: Watched,
    ): Promise<void> => {
      const environment = watched.environment.name;
      const { state, text, broken } = await verdictOf(repository, id, watched);
      const context = { genre: statusGenre, name: freezeStatusName(environment) };
      const description = fitted(harmless(text), longestDescription);
      const key = `${repository.id}/${id}/${environment}`;
      const saying = `${state}: ${description}`;
      if (said.get(key) === saying) return;
      const repo = repository.ref;
      const { name } = context;
      const statuses = said.has(key) ? [] : await listPullRequestStatuses(ado, { repo, id });
      const now = latestReported(statuses, { name, reporters });
      if (`${now?.state}: ${now?.description}` !== saying) {
        if (config.mode === "observe") log.info({ pullRequest: id }, `Would post ${saying}`);
        else {
          if (broken) await record(repository, id, { environment, broken, text });
          await postPullRequestStatus(ado, { repo, id, status: { context, state, description } });
        }
      }
      said.set(key, saying);
    },
  };
}
