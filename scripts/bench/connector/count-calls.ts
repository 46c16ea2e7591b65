// What the connector costs in calls to Azure DevOps, with the timings that it has by default.
import { taskLogUrl } from "../../../core/azure-devops/urls.ts";
import { pause, startBenchLoop, type BenchLoop } from "./bench-loop.ts";

export type Row = {
  readonly what: string;
  readonly measured: number;
  readonly budget?: number;
  readonly unit: string;
};

// Of idle time: looks have periods of up to two minutes.
const minutes = 4;

/**
 * Each in a world of its own, all at once: most of the time they wait.
 * @param named print each call of a deployment
 */
export async function countCalls(named: boolean): Promise<readonly Row[]> {
  const [usual, three, foreign, slow, red] = await Promise.all([
    inLoop({ name: "one", objects: 1, named }, usualRows),
    inLoop({ name: "three", objects: 3, named }, deploymentOf),
    inLoop({ name: "foreign", objects: 1, foreign: 60, named }, deploymentOf),
    inLoop({ name: "slow", objects: 1, named }, (loop) => deploymentOf(loop, "slow")),
    inLoop({ name: "red", objects: 1, named }, redRow),
  ]);
  const unit = "calls";
  const [one = 0] = usual.map(({ measured }) => measured);
  return [
    ...usual,
    { what: "more for each further object", measured: (three - one) / 2, budget: 2, unit },
    { what: "more with 60 foreign Kustomizations", measured: foreign - one, budget: 0, unit },
    // The budget is of a rollout that is over within three looks (15 s): longer ones say their steps.
    { what: "a deployment whose pods take 5 s", measured: slow, budget: 20, unit },
    red,
  ];
}

async function inLoop<T>(
  of: Parameters<typeof startBenchLoop>[0],
  work: (loop: BenchLoop) => Promise<T>,
): Promise<T> {
  const loop = await startBenchLoop(of);
  try {
    return await work(loop);
  } finally {
    await loop.close();
  }
}

/** Calls from the push until some looks after the end, without those of as long an idle time. */
async function deploymentOf(loop: BenchLoop, tag?: string): Promise<number> {
  await loop.finish(await loop.deploy(2, tag));
  await pause(restMs);
  const idle = await perMinute(loop);
  return deploymentBeyond(loop, idle, { version: 3, ...(tag === undefined ? {} : { tag }) });
}

// Until what follows an end was said: statuses, the snapshot, a last list of runs in progress.
const settleMs = 35_000;
const restMs = 130_000;
// Until a wait has said in its log and beside its letter what it waits for.
const patienceMs = 75_000;

async function deploymentBeyond(
  loop: BenchLoop,
  idlePerMinute: number,
  { version, tag }: { readonly version: number; readonly tag?: string },
): Promise<number> {
  const [began, at, before] = [performance.now(), Date.now(), await loop.calls()];
  const result = await loop.finish(await loop.deploy(version, tag));
  if (result !== "succeeded") throw new Error(`the run ended ${result}`);
  await pause(settleMs);
  for (const line of loop.named(at)) console.log(line);
  const took = (performance.now() - began) / 60_000;
  return Math.round((await loop.calls()) - before - took * idlePerMinute);
}

async function perMinute(loop: BenchLoop): Promise<number> {
  const before = await loop.calls();
  await pause(minutes * 60_000);
  return ((await loop.calls()) - before) / minutes;
}

async function usualRows(loop: BenchLoop): Promise<readonly Row[]> {
  await loop.finish(await loop.deploy(2));
  await pause(restMs);
  const idle = await perMinute(loop);
  const deployment = await deploymentBeyond(loop, idle, { version: 3 });
  const waiting = await loop.deploy(4);
  await pause(patienceMs);
  const waits = await perMinute(loop);
  await refuseLetters(loop, waiting.pullRequest.lastMergeSourceCommit?.commitId ?? "");
  const refused = await perMinute(loop);
  const unit = "calls";
  return [
    { what: "a deployment whose pods are ready at once", measured: deployment, budget: 20, unit },
    { what: "idle, green", measured: idle, budget: 6, unit: "calls a minute" },
    {
      ...{ what: "a waiting build, beyond idle", measured: Math.round(2 * (waits - idle)) },
      ...{ budget: 2, unit: "calls in two minutes" },
    },
    {
      ...{ what: "20 refused letters, beyond that", measured: Math.round(refused - waits) },
      ...{ budget: 0, unit: "calls a minute" },
    },
  ];
}

async function redRow(loop: BenchLoop): Promise<Row> {
  await loop.finish(await loop.deploy(2, "broken"));
  await pause(restMs);
  const measured = await perMinute(loop);
  return { what: "idle, red", measured, budget: 6, unit: "calls a minute" };
}

async function refuseLetters({ loop, rest }: BenchLoop, commit: string): Promise<void> {
  const id = "898dc32e-4ca3-5f9a-b6a6-69ee7e414631";
  const { organisationUrl } = loop.sandbox;
  for (let build = 90_000; build < 90_020; build += 1) {
    const of = { organisationUrl, project: "shop", build, job: id, task: id };
    const path = `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
    await rest("developer").send("POST", path, {
      ...{ state: "pending", description: "Waiting for Flux (timeoutInMinutes: 60)" },
      ...{ context: { genre: "fluxgate", name: "wait/shop/dev" }, targetUrl: taskLogUrl(of) },
    });
  }
  // Their first look.
  await pause(20_000);
}
