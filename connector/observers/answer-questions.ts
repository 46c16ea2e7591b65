import { monotonicNow } from "../../clients/monotonic.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import type { CommitStatus, StatusState } from "../../core/azure-devops/types.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { causeText } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import { decideStanding } from "../decide-standing.ts";
import { emptyMemory, type GateMemory } from "../../core/gate/memory.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import { allDeliveries, answeredId, answerStatus } from "../../core/run/cluster-question.ts";
import { repositoryOf, type Connector, type GateRoom } from "../connector.ts";
import { readGateInput } from "../gate-input.ts";
import { nudgeReleases } from "../reconcilers/nudge.ts";
import { createQuestionFinder, type FoundQuestion } from "./find-questions.ts";

type Room = GateRoom & Pick<Connector, "log" | "metrics">;
type Held = {
  memory: GateMemory;
  /** All of the delivery is looked at once what was asked about has been healthy. */
  wasHealthy: boolean;
  answer: Answer | undefined;
  /** What would be said, and since when. */
  next: { readonly topic: string; readonly since: number } | undefined;
  /** A newer commit changes the same: whoever asked knows it too. */
  over: boolean;
};
type Answer = { readonly state: StatusState; readonly text: string; readonly at: number };

const longestDescription = 250;
// A cluster that is well is looked at this much less often: workloads are not watched.
const calm = 5;
const stepsMs = 5_000;

/**
 * Answers what the decider asks about the clusters of an environment that this connector reaches, and
 * says it anew when it changes, for as long as the question is the newest. Restarted, it finds on the
 * commits what it has said.
 */
export function createAnswers(connector: Room, clock = monotonicNow) {
  const { config, ado, log, metrics } = connector;
  const held = new Map<string, Held>();
  const findQuestions = createQuestionFinder(connector, clock);
  const commits = new Map<string, ReadonlySet<string>>();

  /** One look at all open questions of an environment; answers when to look again. */
  async function reconcile(environment: EnvironmentConfig): Promise<number> {
    const found = await findQuestions(environment, commits.get(environment.name) ?? new Set());
    const open: FoundQuestion[] = [];
    let moving = false;
    for (const one of found) {
      const key = keyOf(environment, one);
      const state = held.get(key) ?? (await begin(environment, one));
      held.set(key, state);
      if (state.over) continue;
      open.push(one);
      // One question that cannot be answered now stops no other.
      await answer(environment, one, state).catch((error: unknown) => {
        const what = `${one.question.status.context.name} on ${one.commit.slice(0, 8)}`;
        log.warn({ err: error }, `Failed to answer ${what}: ${causeText(error)}. It is repeated`);
      });
      moving ||= state.answer?.state !== "succeeded";
    }
    commits.set(environment.name, new Set(open.map(({ commit }) => commit)));
    const keys = new Set(found.map((one) => keyOf(environment, one)));
    for (const key of held.keys()) {
      if (key.startsWith(`${environment.name}/`) && !keys.has(key)) held.delete(key);
    }
    const { look, letters } = config.timings;
    if (open.length === 0) return letters;
    return moving ? look : Math.min(letters, calm * look);
  }

  async function begin(environment: EnvironmentConfig, one: FoundQuestion): Promise<Held> {
    const statuses = await repositoryOf(connector, environment).statuses(one.commit, Infinity);
    const own = statuses
      .filter((status) => status.context.name === one.question.status.context.name)
      .filter((status) => status.createdBy?.id === connector.me)
      .filter((status) => answeredId(status) === one.question.id)
      .reduce<CommitStatus | undefined>(
        (best, next) => (best && best.id > next.id ? best : next),
        undefined,
      );
    return {
      ...{ memory: emptyMemory, next: undefined, over: false },
      wasHealthy: own?.state === "succeeded",
      answer: own && { state: own.state, text: own.description ?? "", at: -Infinity },
    };
  }

  async function answer(environment: EnvironmentConfig, one: FoundQuestion, state: Held) {
    const verdict = await judge(environment, one, state);
    if (verdict === undefined) {
      state.over = true;
      return;
    }
    if (config.nudge && config.mode === "full") await nudgeReleases(connector, verdict.toAsk ?? []);
    const said = stateOf(verdict);
    const text = fitted(verdict.text, longestDescription);
    const now = clock();
    if (state.answer?.state === said && state.answer.text === text) {
      state.next = undefined;
      return;
    }
    // A cluster that is silent for less than the grace changes nothing that was said.
    const silent = verdict.kind === "waiting" && verdict.waitingFor === "cluster";
    const topic = silent ? "silent" : text;
    if (state.next?.topic !== topic) state.next = { topic, since: now };
    if (said === "pending" && now < sayFrom(state.next.since, state.answer, silent)) return;
    await post(environment, one, { state: said, text });
    state.answer = { state: said, text, at: now };
    state.next = undefined;
  }

  // What is over at the next look is not said; that something is no longer well is, at once.
  function sayFrom(since: number, last: Answer | undefined, silent: boolean): number {
    const { grace, look } = config.timings;
    if (last?.state === "succeeded") return silent ? since + grace : -Infinity;
    return Math.max(since + look / 2, (last?.at ?? -Infinity) + stepsMs);
  }

  async function judge(
    environment: EnvironmentConfig,
    { question, commit, cluster }: FoundQuestion,
    state: Held,
  ): Promise<GateVerdict | undefined> {
    const everything = question.delivery === allDeliveries;
    const { paths } = question;
    const here = {
      ...environment,
      clusters: environment.clusters
        .filter(({ name }) => name === cluster)
        // Who decides knows which part of the environment the cluster runs.
        .map((one) => (paths.length === 0 ? one : { ...one, paths })),
    };
    const deliveries = await repositoryOf(connector, environment).deliveries(
      commit,
      environment.path,
    );
    const asked = {
      environment: here,
      delivery: everything ? "" : question.delivery,
      target: { kind: "commit", commit } as const,
      ...{ deadline: Infinity, memory: state.memory, maxAgeMs: config.timings.look / 2 },
      whole: question.whole || state.wasHealthy,
      settled: state.wasHealthy,
      everything,
      rendered: deliveries.length > 0,
      partial: true,
    };
    // Its baseline is what the decider called deployed.
    const room = { ...connector, me: environment.decider ?? connector.me, former: [] };
    const input = await readGateInput(room, { ...asked, fresh: false });
    if (input.newer !== undefined && !everything) return undefined;
    const isHealthy = state.answer?.state === "succeeded";
    // The decider looks itself whether something newer has come.
    const verdict = await decideStanding({
      ...{ input, fresh: isHealthy, now: clock },
      readAfresh: (memory) => readGateInput(room, { ...asked, memory, fresh: true }),
    });
    state.memory = verdict.memory;
    state.wasHealthy ||= verdict.kind === "succeeded";
    return verdict;
  }

  async function post(
    environment: EnvironmentConfig,
    one: FoundQuestion,
    said: Omit<Answer, "at">,
  ) {
    const repository = repositoryOf(connector, environment);
    const { commit, question } = one;
    const status = answerStatus(question, { state: said.state, description: said.text });
    if (config.mode === "observe") {
      log.info({ commit, status: status.context.name }, `Would answer ${said.state}: ${said.text}`);
      return;
    }
    const made = await postStatus(ado, { repo: repository.ref, commit, status });
    repository.noteStatus(commit, made);
    metrics.statuses.inc({ state: status.state });
    const name = status.context.name;
    log.info({ commit, question: question.id }, `Answered ${name}: ${said.state}: ${said.text}`);
  }

  return { reconcile };
}

function keyOf({ name }: EnvironmentConfig, { question, commit, cluster }: FoundQuestion): string {
  return `${name}/${commit}/${cluster}/${question.id}`;
}

function stateOf({ kind }: GateVerdict): "succeeded" | "failed" | "pending" {
  return kind === "succeeded" || kind === "failed" ? kind : "pending";
}
