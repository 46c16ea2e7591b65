// What the connector costs in calls to Azure DevOps, with the timings that it has by default.
import { taskLogUrl } from "../../../core/azure-devops/urls.ts";
import { pause, startBenchLoop, until, type BenchLoop } from "./bench-loop.ts";

export type Row = {
  readonly what: string;
  readonly measured: number;
  readonly budget?: number;
  readonly unit: string;
};

// Of idle time: what is asked most seldom is asked every ten minutes.
const minutes = 10;

/**
 * Each in a world of its own, all at once: most of the time they wait.
 * @param named print each call of a deployment, and of the time that is counted as idle or waiting
 */
export async function countCalls(named: boolean): Promise<readonly Row[]> {
  starting = Promise.resolve();
  const [one, three, foreign, slow, red, waits, refused] = await Promise.all([
    inLoop({ name: "one", objects: 1, named }, deploymentOf),
    inLoop({ name: "three", objects: 3, named }, deploymentOf),
    inLoop({ name: "foreign", objects: 1, foreign: 60, named }, deploymentOf),
    inLoop({ name: "slow", objects: 1, named }, (loop) => deploymentOf(loop, "slow")),
    inLoop({ name: "red", objects: 1, named }, redIdle),
    inLoop({ name: "waits", objects: 1, named }, (loop) => waitingOf(loop, nothing)),
    inLoop({ name: "refused", objects: 1, named }, (loop) => waitingOf(loop, refuseLetters)),
  ]);
  const unit = "calls";
  return [
    {
      what: "a deployment whose pods are ready at once",
      ...{ measured: one.calls, budget: 20, unit: rolledOut(one) },
    },
    {
      what: "more for each further object",
      ...{ measured: (three.calls - one.calls) / 2, budget: 2, unit: rolledOut(three) },
    },
    {
      what: "more with 60 foreign Kustomizations",
      ...{ measured: foreign.calls - one.calls, budget: 0, unit: rolledOut(foreign) },
    },
    // The budget is of a rollout that is over within three looks (15 s): longer ones say their steps.
    {
      what: "a deployment whose pods take 5 s",
      ...{ measured: slow.calls, budget: 20, unit: rolledOut(slow) },
    },
    { what: "idle, green", measured: one.idle, budget: 6, unit: "calls a minute" },
    { what: "idle, red", measured: red, budget: 6, unit: "calls a minute" },
    {
      what: "a waiting build, beyond idle",
      measured: round(2 * (waits - one.idle)),
      budget: 2,
      unit: "calls in two minutes",
    },
    { what: "20 refused letters, beyond that", measured: round(refused - waits), budget: 0, unit },
  ];
}

const nothing = () => Promise.resolve();

// Windows of equal length may hold one look more or less at their ends.
function round(calls: number): number {
  return Math.round(calls * 2) / 2;
}

/** A rollout that takes long on a busy machine says its steps: figures of both can be compared then. */
function rolledOut({ seconds }: Deployed): string {
  return `calls, over in ${seconds} s`;
}

/** One world after another: what starts beside others may not come up in time. */
let starting: Promise<unknown> = Promise.resolve();

async function inLoop<T>(
  of: Parameters<typeof startBenchLoop>[0],
  work: (loop: BenchLoop) => Promise<T>,
): Promise<T> {
  const start = starting.then(() => startBenchLoop(of));
  starting = start;
  const loop = await start;
  try {
    return await work(loop);
  } finally {
    await loop.close();
  }
}

type Deployed = {
  readonly calls: number;
  /** From the merge to the end of the run. */
  readonly seconds: number;
  /** Calls a minute before it. */
  readonly idle: number;
};

// Until what follows an end was said: statuses, the snapshot, a last list of runs in progress.
const settleMs = 35_000;
const restMs = 130_000;
// Until a wait has said in its log and beside its letter what it waits for.
const patienceMs = 75_000;

/** Calls from the push until some looks after the end, without those of as long an idle time. */
async function deploymentOf(loop: BenchLoop, tag?: string): Promise<Deployed> {
  await loop.finish(await loop.deploy(2, tag));
  await pause(restMs);
  const idle = await perMinute(loop);
  await justListed(loop);
  const [began, at, before] = [performance.now(), Date.now(), await loop.calls()];
  const waiting = await loop.deploy(3, tag);
  const merged = performance.now();
  const result = await loop.finish(waiting);
  if (result !== "succeeded") throw new Error(`the run ended ${result}`);
  const seconds = Math.round((performance.now() - merged) / 1000);
  await pause(settleMs);
  for (const line of loop.named(at)) console.log(line);
  const took = (performance.now() - began) / 60_000;
  const beside = took * (idle - listsPerMinute);
  return { calls: Math.round((await loop.calls()) - before - beside), seconds, idle };
}

// Runs in progress are listed every two minutes, with the timeline of each: where that falls into the
// time that is measured is chance, so it begins just after it.
const listsPerMinute = 0.5;

async function justListed(loop: BenchLoop): Promise<void> {
  const before = await loop.calls("build");
  await until("the list of runs", async () => (await loop.calls("build")) > before || undefined);
}

async function perMinute(loop: BenchLoop): Promise<number> {
  const [at, before] = [Date.now(), await loop.calls()];
  await pause(minutes * 60_000);
  for (const line of loop.named(at)) console.log(`idle ${line}`);
  return ((await loop.calls()) - before) / minutes;
}

/** Calls a minute while a build waits for its merge. */
async function waitingOf(
  loop: BenchLoop,
  act: (loop: BenchLoop, commit: string) => Promise<void>,
): Promise<number> {
  await loop.finish(await loop.deploy(2));
  await pause(restMs);
  const waiting = await loop.deploy(3);
  await pause(patienceMs);
  await act(loop, waiting.pullRequest.lastMergeSourceCommit?.commitId ?? "");
  return perMinute(loop);
}

async function redIdle(loop: BenchLoop): Promise<number> {
  await loop.finish(await loop.deploy(2, "broken"));
  await pause(restMs);
  return perMinute(loop);
}

async function refuseLetters({ loop, rest }: BenchLoop, commit: string): Promise<void> {
  const id = "898dc32e-4ca3-5f9a-b6a6-69ee7e414631";
  const { organisationUrl } = loop.sandbox;
  for (let build = 90_000; build < 90_020; build += 1) {
    const of = { organisationUrl, project: "shop", build, job: id, task: id };
    const path = `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
    await rest("developer").send("POST", path, {
      state: "pending",
      description: "Waiting for Flux (timeoutInMinutes: 60)",
      context: { genre: "fluxgate", name: "wait/shop/dev" },
      targetUrl: taskLogUrl(of),
    });
  }
  // Their first look.
  await pause(20_000);
}
