// Rows about tasks that wait: the letter, the record, the log, and the events that resume them.
import { answer, ask, commit, run, said, statusesOf, timeline } from "./rest.mjs";

const patience = 5 * 60_000;
const pause = () => new Promise((resume) => setTimeout(resume, 1_000));

/** The waiting task and its letter, or how the task ended. */
async function watch(taskName, context) {
  const until = Date.now() + patience;
  for (;;) {
    const record = (await timeline()).find(
      ({ task, state }) => task?.name === taskName && state !== undefined,
    );
    if (record?.state === "completed") return { record };
    const letter = (await statusesOf(commit))
      .filter((one) => one.context.name === context && one.state === "pending")
      .find(({ targetUrl }) => targetUrl?.includes(`t=${record?.id}`));
    if (record?.startTime && letter) return { record, letter };
    if (Date.now() > until) return { record };
    await pause();
  }
}

async function logOf(record) {
  if (!record?.log) return "it has no log";
  const found = await ask(`build/builds/${run}/logs/${record.log.id}`);
  const lines = found.json?.value ?? found.text.split("\n");
  return found.status < 300 ? lines.slice(-3).join(" / ") : said(found);
}

async function planOf() {
  const { json } = await ask(`build/builds/${run}`);
  return json?.orchestrationPlan?.planId ?? json?.plans?.[0]?.planId;
}

const planPath = (plan) => `distributedtask/hubs/build/plans/${plan}`;

const resume = (plan, { id, parentId }) =>
  ask(`${planPath(plan)}/events?api-version=2.0-preview.1`, {
    method: "POST",
    body: { name: "TaskCompleted", jobId: parentId, taskId: id, result: "succeeded" },
  });

/** @returns who posted the first letter */
export async function askWaiting() {
  const first = await watch("WaitForFlux", "wait/fluxgate-probe/first-way");
  const plan = await planOf();
  const { record, letter } = first;
  await answer(["1"], async () =>
    letter
      ? `yes: WaitForFlux is paused (${record.state}) and its letter is on ${commit.slice(0, 8)}. Leave letterConnection empty`
      : `NO: WaitForFlux is ${record?.state ?? "not there"}, ${record?.result ?? "without a letter"} (${await logOf(record)}). Use letterConnection`,
  );
  await answer(["2"], () => record?.state ?? "there is no record");
  await answer(["5"], () =>
    letter
      ? "yes for this repository, named by uses: [self] in a job without a checkout"
      : `no letter: ${record?.result ?? "nothing came"}`,
  );
  await answer(["7"], () => retried(first));
  await answer(["9"], () => (letter ? logOf(record) : "nothing waits"));
  await answer(["20"], () =>
    letter
      ? `the status' createdBy: ${letter.createdBy?.descriptor ?? "NO descriptor"}`
      : "the status' createdBy: there is none",
  );
  await answer(["24"], async () => {
    const token = process.env.PROBE_CONNECTOR_TOKEN;
    const connector = isGiven(token) ? said(await ask(planPath(plan), { token })) : "not asked";
    return `as this job ${said(await ask(planPath(plan)))}, as the connector ${connector}`;
  });
  await answer(["3"], () => write(plan, record));
  if (letter) {
    const once = said(await resume(plan, record));
    const twice = said(await resume(plan, record));
    await answer(["4"], () => `the first TaskCompleted ${once}, the second ${twice}`);
  } else await answer(["4"], () => "not answered: nothing waits");
  if (process.env.PROBE_SECOND_WAY?.toLowerCase() === "true") await askSecondWay(plan);
  return letter?.createdBy?.id;
}

async function askSecondWay(plan) {
  const { record, letter } = await watch("InvokeRESTAPI", "wait/fluxgate-probe/second-way");
  await answer(["1"], async () =>
    letter
      ? `the second way works: its letter is by ${letter.createdBy?.displayName} (${letter.createdBy?.id})`
      : `the second way does NOT work: ${record?.result ?? "nothing came"} (${await logOf(record)})`,
  );
  if (letter) await resume(plan, record);
}

// Only a retry tells: then the letters of the attempts lie side by side.
async function retried({ record, letter }) {
  if (!letter) return "nothing waits";
  const own = (await statusesOf(commit)).filter(
    ({ context, targetUrl, state }) =>
      context.name === "wait/fluxgate-probe/first-way" &&
      state === "pending" &&
      targetUrl?.includes(`buildId=${run}&`),
  );
  if (own.length < 2) return "retry the failed or all jobs of this stage once: the log then tells";
  const ids = own.map(({ targetUrl }) => /[?&]t=([0-9a-f-]+)/i.exec(targetUrl)?.[1]);
  const same = new Set(ids).size === 1 ? "the same" : "new ones";
  return `the task's ids are ${same} (${ids.join(", ")}); the record's attempt is ${record.attempt}`;
}

async function write(plan, record) {
  const token = process.env.PROBE_CONNECTOR_TOKEN;
  if (!isGiven(token)) return "not asked: give this pipeline the secret variable connectorToken";
  if (!record) return "not answered: nothing waits";
  const path = `${planPath(plan)}/timelines/${plan}/records/${record.id}/feed?api-version=7.1-preview.1`;
  const body = { value: ["fluxgate probe: this line tests a right"], count: 1 };
  return said(await ask(path, { method: "POST", body, token }));
}

// A variable that nobody set stays as it was written.
function isGiven(token) {
  return token !== undefined && token !== "" && !token.startsWith("$(");
}
