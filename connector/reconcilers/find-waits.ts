// Finds the pipelines that wait: by the letters on the runs' branches, often, and by the builds in
// progress, whatever the letters say.
import { isDown } from "../../clients/http-failure.ts";
import { monotonicNow } from "../../clients/monotonic.ts";
import { causeText } from "../../core/errors.ts";
import type { Ref } from "../../core/azure-devops/types.ts";
import { normalOrganisationUrl } from "../../core/azure-devops/urls.ts";
import { judgeAuthor } from "../../core/gate/letter-author.ts";
import { waitKeyText } from "../../core/gate/wait.ts";
import { decidedHere, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import type { AfterWaits } from "./after-waits.ts";
import { answerLetter, unserved } from "./answer-letter.ts";
import { createBuildsInProgress, type BuildInProgress } from "./builds-in-progress.ts";
import { closeLetter, endAgain } from "./end-wait.ts";
import {
  examineLetter,
  type Examined,
  type LetterQuestion,
  type SeenTask,
} from "./examine-letter.ts";
import { createLetterMemory } from "./letter-memory.ts";
import { createLetterSearch } from "./letter-search.ts";
import type { OpenWait } from "./open-wait.ts";
import { lettersOnBranches, readRunBranches, type OpenLetter } from "./open-letters.ts";
import { createPipelineProjects } from "./pipeline-projects.ts";
import { createRunNews } from "./run-news.ts";
import { tellRefused } from "./tell-refused.ts";

export type FinderRoom = Pick<
  Connector,
  "ado" | "config" | "host" | "me" | "former" | "log" | "metrics"
>;

export type FoundWaits = {
  /** Is this very letter looked at already? */
  readonly known: (open: OpenLetter) => boolean;
  /** Is a wait of this task of this build looked at already? */
  readonly holds: (build: number, task: string) => boolean;
  readonly found: (key: string, open: OpenWait) => void;
  /** The tasks that wait, by build: saves their waits a look of their own. */
  readonly sawBuilds?: (
    repository: ManifestsRepository,
    waiting: ReadonlyMap<number, readonly string[]>,
  ) => void;
  /** The runs in progress of the projects that may wait for a repository. */
  readonly sawRuns?: AfterWaits["sawRuns"];
  /** Is it known that a run's branch was merged? The head is then known by it. */
  readonly sawMergeOf?: (repository: ManifestsRepository, branch: string) => boolean;
  /** The runs' branches as they are now. */
  readonly sawBranches?: (repository: ManifestsRepository, refs: readonly Ref[]) => void;
};

// Where so many looks fail one after another it is not the letters.
const mostFailures = 5;

// What was asked for so long ago was read by this look.
const sameLookMs = 2_000;

function isNow(readAt: number): boolean {
  return monotonicNow() - readAt < sameLookMs;
}

export function createFinder(room: FinderRoom, into: FoundWaits) {
  const { ado, config, log, metrics } = room;
  const { letters, discovery } = config.timings;
  const memory = createLetterMemory({
    keepMs: 4 * Math.max(letters, discovery),
    pauseMs: letters,
  });
  const projects = createPipelineProjects(room);
  const inProgress = createBuildsInProgress(room);
  const search = createLetterSearch(room);
  const news = createRunNews(ado);
  const swept = new Set<string>();

  type Seen = Pick<LetterQuestion, "repository" | "refs" | "read">;

  async function consider(open: OpenLetter, seen: Seen): Promise<void> {
    const { repository } = seen;
    const id = `${repository.id}/${open.carrier}/${open.status.id}`;
    if (into.known(open) || memory.rests(id)) return;
    const { letter, status } = open;
    const here = normalOrganisationUrl(letter.task.organisationUrl) === ado.organisationUrl;
    const { environment } = letter;
    const served = decidedHere(room, repository).some(({ name }) => name === environment);
    const nobody = unserved(room, { repository, environment });
    // Of another connector: nothing is said.
    if (!here || (!served && nobody === undefined)) return memory.judged(id);
    const author = judgeAuthor(status.createdBy, letter, {
      host: room.host,
      letterAuthors: config.letterAuthors,
      ...(config.azureDevOps.collectionBuildIdentity
        ? { collectionBuildIdentity: config.azureDevOps.collectionBuildIdentity }
        : {}),
    });
    if (!author.known) {
      if (!served) return memory.judged(id);
      sayRefused(open, { refusal: "author", text: author.text });
      return memory.judged(id);
    }
    try {
      if (nobody !== undefined)
        await refuse(open, {
          repository,
          project: author.project,
          refusal: "unserved",
          text: nobody,
        });
      else {
        // What a listed author names is another's word until it was read.
        if (!author.entries) projects.learn(repository, author.project);
        const question = { ...seen, open, project: author.project };
        const examined = await examineLetter(room, question);
        if (examined.kind === "wait") projects.learn(repository, examined.open.wait.key.project);
        await act(open, { repository, examined, project: author.project });
      }
    } catch (error) {
      const failures = memory.failed(id);
      if (failures === 1) {
        const what = `letter ${open.status.context.name} on ${open.carrier.slice(0, 8)}`;
        log.warn({ err: error }, `Failed to look at ${what}: ${causeText(error)}. It is repeated`);
      }
      throw error;
    }
    memory.judged(id);
  }

  async function act(
    open: OpenLetter,
    of: { repository: ManifestsRepository; examined: Examined; project: string },
  ): Promise<void> {
    const { repository, examined, project } = of;
    switch (examined.kind) {
      case "wait":
        return into.found(waitKeyText(examined.open.wait.key), examined.open);
      case "ended": {
        // An earlier life of this process was stopped between the task's end and the letter's.
        const { carrier, status } = open;
        if (config.mode !== "full") return;
        if (examined.unheard) await endAgain(room, examined.unheard);
        return closeLetter(room, { repository, carrier, letter: status }, examined);
      }
      case "refused":
        return refuse(open, { repository, project, ...examined });
    }
  }

  // Of a build service, or a listed author: somebody waits there.
  async function refuse(
    open: OpenLetter,
    of: {
      repository: ManifestsRepository;
      project: string;
      refusal: string;
      text: string;
      seen?: SeenTask;
    },
  ): Promise<void> {
    const { repository, project, refusal, text, seen } = of;
    const answer = refusal === "unserved" ? text : `Refused: ${text}`;
    const { build, task } = open.letter.task;
    const isHeld = into.holds(build, task);
    const first = () => tellRefused(room, { open, project, text: answer, isHeld, seen });
    // Of whom it is not known whether they may, nothing is written elsewhere.
    const also = refusal === "author" ? {} : { first };
    await answerLetter(room, { repository, open, ...also }, answer);
    sayRefused(open, { refusal, text });
  }

  function sayRefused(
    open: OpenLetter,
    { refusal, text }: { readonly refusal: string; readonly text: string },
  ): void {
    metrics.refused.inc({ reason: refusal });
    log.warn(
      { letter: open.status.context.name, carrier: open.carrier, reason: refusal },
      `Letter refused: ${text}`,
    );
  }

  /** Each for itself: what fails stops no other, unless nothing works. */
  async function considerAll(letters: readonly OpenLetter[], seen: Seen): Promise<void> {
    let failures = 0;
    for (const open of letters) {
      try {
        await consider(open, seen);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures >= mostFailures && isDown(error)) throw error;
      }
    }
  }

  return {
    /** How many letters are remembered. */
    remembered: memory.size,
    byBranches: async (repository: ManifestsRepository): Promise<void> => {
      const refs = await readRunBranches(ado, repository);
      const isTold = (name: string) => into.sawMergeOf?.(repository, name) ?? false;
      if (!news.lost(repository, refs).every(isTold)) repository.doubtHead();
      into.sawBranches?.(repository, refs);
      const letters = lettersOnBranches(room, refs);
      await considerAll(letters, { repository, refs });
      const held = new Set(letters.filter(into.known).map(({ carrier }) => carrier));
      news.sawBranches(repository, refs, (commit) => held.has(commit));
    },
    /** Whatever the letters say: which runs wait, and where their letters could lie. */
    byBuilds: async (repository: ManifestsRepository): Promise<void> => {
      const first = !swept.has(repository.id);
      const runs = await news.read(repository);
      if (runs) await projects.learnFrom(repository, runs);
      // After a start: letters of merged runs, whose branches are gone.
      if (first && runs) await considerAll(await search.onHeads(repository, runs), { repository });
      const waiting = new Map<number, readonly string[]>();
      const seen: BuildInProgress[] = [];
      for (const project of projects.of(repository)) {
        for (const run of await inProgress.read(project)) {
          const { build, timeline, readAt } = run;
          seen.push(run);
          waiting.set(build.id, search.waitingIn(timeline));
          const found = await search.ofBuild(repository, {
            ...{ build, timeline, withEnded: first },
            isHeld: (task) => into.holds(build.id, task),
          });
          const read = { ...found, ...(isNow(readAt) ? { build, timeline } : {}) };
          await considerAll(found.letters, { repository, read });
        }
      }
      into.sawBuilds?.(repository, waiting);
      await into.sawRuns?.(repository, { runs: seen, projects: projects.of(repository) });
      news.done(repository);
      swept.add(repository.id);
    },
  };
}
