// What is known of a cluster that another connector judges: read from X's statuses, decided on in
// decide-observed.ts.
import type { CommitStatus, StatusState } from "../azure-devops/types.ts";
import {
  answeredId,
  clusterContext,
  isOfPart,
  questionsOn,
  type ClusterQuestion,
} from "../run/cluster-question.ts";
import { statusGenre } from "../run/letter.ts";
import type { Reporters } from "../run/statuses.ts";

export type ObserverWord = {
  readonly state: StatusState;
  readonly text: string;
  /** By the service's clock, ms since 1970. */
  readonly at: number;
  /** The question that it is of; absent where it names none. */
  readonly answers?: Pick<ClusterQuestion, "id" | "whole">;
  /** It was asked about a part of the environment, and an older version has answered about all of it. */
  readonly isWide?: true;
};

export type ObserverFacts = {
  /** Why nothing can be asked of it: it is the same identity. */
  readonly unfit?: string;
  /** The newest question of this connector about X there. */
  readonly asked?: Pick<ClusterQuestion, "id" | "whole" | "at">;
  /** The newest word of the identity that the configuration names. */
  readonly word?: ObserverWord;
  /** When that identity last said anything about the environment there on X, under any name. */
  readonly lastWordAt?: number;
  /** Who else has said something under that name since the question. */
  readonly strangers: readonly string[];
  /** All of the delivery is in question. */
  readonly whole: boolean;
  /** A question from before this is of an earlier attempt; by the service's clock, ms since 1970. */
  readonly askedSince: number;
  /** The service's clock. */
  readonly now: number;
  /** How old a success may be. ms */
  readonly longestAge: number;
  /** How long an answer may take before a standing one ends; 0: an open question has no answer. ms */
  readonly patience: number;
};

// A reader of the log needs no more of them.
const mostStrangers = 3;

/** @param of.me ids that this connector asks, or has asked, with */
export function observerWord(
  statuses: readonly CommitStatus[],
  of: {
    readonly delivery: string;
    readonly environment: string;
    readonly cluster: string;
    readonly observer: string;
    readonly me: Reporters;
  },
): Pick<ObserverFacts, "asked" | "word" | "lastWordAt" | "strangers"> {
  const { delivery, environment, cluster, me } = of;
  const observer = of.observer.toLowerCase();
  const tail = `/${environment}/${cluster}`;
  const there = statuses.filter(
    ({ context }) => context.genre === statusGenre && context.name.endsWith(tail),
  );
  const questions = questionsOn(there, { environment, cluster, askers: me });
  const asked = questions.find((one) => one.delivery === delivery);
  const name = clusterContext(of);
  const isObserver = ({ createdBy }: CommitStatus) => createdBy?.id.toLowerCase() === observer;
  const words = there.filter(isObserver);
  const newest = words
    .filter(({ context }) => context.name === name)
    .reduce<CommitStatus | undefined>(
      (best, one) => (best && best.id > one.id ? best : one),
      undefined,
    );
  const strangers = there
    .filter((one) => one.context.name === name && one.id > (asked?.id ?? 0))
    .filter((one) => !isObserver(one) && !me.has(one.createdBy?.id ?? ""))
    .map(({ createdBy }) => createdBy?.displayName ?? "somebody");
  return {
    ...(asked ? { asked } : {}),
    ...(newest ? { word: wordOf(newest, questions) } : {}),
    ...(words.length > 0
      ? { lastWordAt: Math.max(...words.map(({ creationDate }) => Date.parse(creationDate))) }
      : {}),
    strangers: [...new Set(strangers)].slice(0, mostStrangers),
  };
}

function wordOf(status: CommitStatus, questions: readonly ClusterQuestion[]): ObserverWord {
  const { state, description = "", creationDate } = status;
  const id = answeredId(status);
  const question = questions.find((one) => one.id === id);
  return {
    ...{ state, text: description, at: Date.parse(creationDate) },
    ...((question?.paths.length ?? 0) > 0 && !isOfPart(status) ? { isWide: true } : {}),
    // A question that nobody here has asked is answered to somebody else.
    ...(id === undefined ? {} : { answers: { id, whole: question?.whole ?? false } }),
  };
}
