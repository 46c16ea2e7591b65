import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { fitted } from "../../core/fitted.ts";
import { environmentsOf, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import type { OpenLetter } from "./open-letters.ts";

const longestDescription = 250;

/**
 * Why nobody serves a letter; undefined where this connector does, or the configuration says that
 * another one does.
 */
export function unserved(
  room: Pick<Connector, "config">,
  { repository, environment }: { repository: ManifestsRepository; environment: string },
): string | undefined {
  const own = environmentsOf(room, repository).map(({ name }) => name);
  const known = [...own, ...repository.config.otherEnvironments];
  if (known.includes(environment)) return undefined;
  const far = "as far as this one's configuration tells";
  return `no connector serves ${environment}, ${far}; known: ${known.join(", ") || "none"}`;
}

/**
 * Says beside a letter why nothing comes of it, for whoever waits. It stays open: another connector
 * may serve it, and a status that ends it would be taken for the end of the wait. Said once, also
 * after a restart.
 * @param of.first where else it is said, before
 */
export async function answerLetter(
  { ado, config, me }: Pick<Connector, "ado" | "config" | "me">,
  of: {
    readonly repository: ManifestsRepository;
    readonly open: OpenLetter;
    readonly first?: () => Promise<void>;
  },
  text: string,
): Promise<void> {
  const { repository, open, first } = of;
  if (config.mode !== "full") return;
  const { context, targetUrl } = open.status;
  const description = fitted(text, longestDescription);
  const isSaid = open.statuses?.some(
    (one) =>
      one.createdBy?.id === me &&
      one.targetUrl === targetUrl &&
      one.context.name === context.name &&
      one.description === description,
  );
  if (isSaid) return;
  await first?.();
  await postStatus(ado, {
    repo: repository.ref,
    commit: open.carrier,
    status: {
      ...{ state: "pending", context, description },
      ...(targetUrl === undefined ? {} : { targetUrl }),
    },
  });
}
