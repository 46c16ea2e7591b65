import { LRUCache } from "lru-cache";
import { getTimeline, listBuilds } from "../../clients/azure-devops/builds.ts";
import { monotonicNow } from "../../clients/monotonic.ts";
import { causeText, HttpError } from "../../core/errors.ts";
import type { Build, Timeline } from "../../core/azure-devops/types.ts";
import type { Connector } from "../connector.ts";
import type { PipelineProject } from "./pipeline-projects.ts";

export type BuildInProgress = { readonly build: Build; readonly timeline: Timeline };

export type BuildJustRead = BuildInProgress & {
  /** When its timeline was asked for, by {@link monotonicNow}. */
  readonly readAt: number;
};

type Read = { readonly timeline: Timeline | undefined; readonly readAt: number };

type Room = Pick<Connector, "ado" | "config" | "log">;

/**
 * The runs in progress of a project with their timelines; read once for all repositories that are
 * looked at soon after one another. A project that is not there, or closed, is said once.
 */
export function createBuildsInProgress({ ado, config, log }: Room) {
  const ttl = Math.max(1, Math.floor(config.timings.discovery / 2));
  const lists = new LRUCache<string, Promise<readonly Build[]>>({ max: 1_000, ttl });
  const timelines = new LRUCache<string, Promise<Read>>({ max: 5_000, ttl });
  const closed = new Set<string>();

  function cached<T>(
    cache: LRUCache<string, Promise<T>>,
    key: string,
    ask: () => Promise<T>,
  ): Promise<T> {
    const known = cache.get(key);
    if (known) return known;
    const answer = ask();
    cache.set(key, answer);
    answer.catch(() => cache.delete(key));
    return answer;
  }

  async function buildsOf({ project, definitions }: PipelineProject): Promise<readonly Build[]> {
    const key = `${project}/${definitions?.join(",") ?? ""}`;
    try {
      const found = await cached(lists, key, () =>
        listBuilds(ado, { project, status: "inProgress", ...(definitions ? { definitions } : {}) }),
      );
      closed.delete(key);
      return found;
    } catch (error) {
      if (!(error instanceof HttpError) || ![400, 401, 403, 404].includes(error.status))
        throw error;
      if (!closed.has(key)) {
        const hint = "Grant the connector's identity View builds there";
        log.warn(
          { project, err: error },
          `Failed to list the runs of ${project}: ${causeText(error)}. ${hint}`,
        );
      }
      closed.add(key);
      return [];
    }
  }

  return {
    read: async (project: PipelineProject): Promise<readonly BuildJustRead[]> => {
      const found: BuildJustRead[] = [];
      for (const build of await buildsOf(project)) {
        const key = `${build.project.id}/${build.id}`;
        try {
          const { timeline, readAt } = await cached(timelines, key, async () => ({
            readAt: monotonicNow(),
            timeline: await getTimeline(ado, { project: build.project.id, build: build.id }),
          }));
          if (timeline) found.push({ build, timeline, readAt });
        } catch (error) {
          // The others are looked at all the same.
          log.warn(
            { err: error, build: build.id },
            `Failed to read run ${build.id}: ${causeText(error)}`,
          );
        }
      }
      return found;
    },
  };
}
