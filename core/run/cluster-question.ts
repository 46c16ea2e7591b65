// How a decider asks, on commit X, whether X is deployed in a cluster that it cannot reach, and how
// the connector there answers (design.md 4.7). Both are statuses of X under one name: the author
// tells them apart, and an answer names the question that it is of, so that no verdict about other
// content, of an earlier attempt or of an earlier look can be taken for it.
import type { CommitStatus, NewCommitStatus } from "../azure-devops/types.ts";
import { statusGenre } from "./letter.ts";
import { isReported, type Reporters } from "./statuses.ts";

/** Delivery of a question about all that the environment runs there: no delivery is called so. */
export const allDeliveries = "*";

export type ClusterQuestion = {
  /** Of the status: a later question has a higher one. */
  readonly id: number;
  readonly delivery: string;
  /** All of the delivery's files are asked about, not only what X changed of them. */
  readonly whole: boolean;
  /** Folders of the repository that the cluster runs, where it runs only a part. */
  readonly paths: readonly string[];
  /** By the service's clock, ms since 1970. */
  readonly at: number;
  readonly status: CommitStatus;
};

type Place = {
  readonly delivery: string;
  readonly environment: string;
  readonly cluster: string;
};

export function clusterContext({ delivery, environment, cluster }: Place): string {
  return `${delivery}/${environment}/${cluster}`;
}

const texts = {
  changed: "Asked of the cluster's own connector: what this commit changed",
  whole: "Asked of the cluster's own connector: all of it",
} as const;

/** @param of.page an address that people can open */
export function questionStatus(
  of: Place &
    Pick<ClusterQuestion, "whole"> &
    Partial<Pick<ClusterQuestion, "paths">> & {
      readonly page: string;
    },
): NewCommitStatus {
  const url = new URL(of.page);
  for (const path of of.paths ?? []) url.searchParams.append("path", path);
  return {
    state: "pending",
    description: of.whole ? texts.whole : texts.changed,
    targetUrl: url.href,
    context: { genre: statusGenre, name: clusterContext(of) },
  };
}

/** Every question of these authors about a cluster, the newest first. */
export function questionsOn(
  statuses: readonly CommitStatus[],
  { environment, cluster, askers }: Omit<Place, "delivery"> & { readonly askers: Reporters },
): readonly ClusterQuestion[] {
  const tail = `/${environment}/${cluster}`;
  return statuses
    .filter((status) => status.context.genre === statusGenre && isReported(status, askers))
    .flatMap((status): ClusterQuestion[] => {
      const { context, description, id, creationDate } = status;
      const delivery = context.name.slice(0, -tail.length);
      if (!context.name.endsWith(tail) || delivery === "" || delivery.includes("/")) return [];
      if (status.state !== "pending") return [];
      if (description !== texts.whole && description !== texts.changed) return [];
      const whole = description === texts.whole;
      const paths = pathsIn(status);
      return [{ id, delivery, whole, paths, status, at: Date.parse(creationDate) }];
    })
    .sort((a, b) => b.id - a.id);
}

function pathsIn({ targetUrl = "" }: CommitStatus): readonly string[] {
  return URL.canParse(targetUrl) ? new URL(targetUrl).searchParams.getAll("path") : [];
}

// Who answers a question about a part says so: an older version repeats its address, and judges all.
const answersPart = "part";

/** Answers exactly one question. */
export function answerStatus(
  { id, status, paths }: Pick<ClusterQuestion, "id" | "status" | "paths">,
  answer: Pick<NewCommitStatus, "state" | "description">,
): NewCommitStatus {
  const url = new URL(status.targetUrl ?? "https://invalid./");
  // The question has them, and this address need not be longer than its.
  url.searchParams.delete("path");
  url.searchParams.set("answers", String(id));
  if (paths.length > 0) url.searchParams.set("of", answersPart);
  return { ...answer, targetUrl: url.href, context: status.context };
}

/** Does an answer say that it is of the part alone that was asked about? */
export function isOfPart({ targetUrl = "" }: Pick<CommitStatus, "targetUrl">): boolean {
  return URL.canParse(targetUrl) && new URL(targetUrl).searchParams.get("of") === answersPart;
}

/** The question that an answer names; undefined where it names none. */
export function answeredId({ targetUrl = "" }: Pick<CommitStatus, "targetUrl">) {
  const id = URL.canParse(targetUrl) ? new URL(targetUrl).searchParams.get("answers") : null;
  return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}
