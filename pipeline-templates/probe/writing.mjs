// Rows about pushes and pull requests, between two branches of the probe's own.
import { answer, ask, commit, must, repository, run, said } from "./rest.mjs";

const attempt = process.env.SYSTEM_JOBATTEMPT ?? "1";
const [base, change] = ["base", "change"].map((name) => `fluxgate-probe/${run}-${attempt}/${name}`);
const none = "0".repeat(40);
const nobody = "00000000-0000-0000-0000-000000000000";

const push = (branch, from, changes) =>
  ask(`${repository}/pushes`, {
    method: "POST",
    body: {
      refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: from }],
      commits: [{ comment: "Probe", changes }],
    },
  });
const file = (changeType, path) => ({
  ...{ changeType, item: { path } },
  newContent: { content: "probe\n", contentType: "rawtext" },
});
const path = `/fluxgate-probe-${run}.txt`;

const rows = ["12", "13", "S4", "S5", "S6", "S8", "S16", "S17", "S18", "S20"];

export async function askWriting() {
  let head;
  await answer(["S1"], async () => {
    const body = [{ name: `refs/heads/${base}`, oldObjectId: none, newObjectId: commit }];
    await must(`${repository}/refs`, { method: "POST", body });
    const pushed = await push(change, commit, [file("add", path)]);
    if (pushed.status >= 300) throw new Error(said(pushed));
    head = pushed.json.refUpdates[0].newObjectId;
    const again = said(await push(change, head, [file("add", path)]));
    const absent = said(await push(change, head, [file("edit", `${path}.absent`)]));
    return `add of what exists: ${again}; edit of what does not: ${absent}`;
  });
  await answer(["20"], async () => {
    if (head === undefined) throw new Error("no branch could be pushed");
    const { push: pushed } = await must(`${repository}/commits/${head}`);
    return `the push's pushedBy: ${pushed?.pushedBy?.descriptor ?? "NO descriptor"}`;
  });
  await answer(rows, async () => {
    if (head === undefined) throw new Error("no branch could be pushed");
    return askPullRequest();
  });
  const refs = (await ask(`${repository}/refs?filter=heads/fluxgate-probe/${run}-${attempt}/`))
    .json;
  const gone = (refs?.value ?? []).map(({ name, objectId }) => ({
    ...{ name, oldObjectId: objectId, newObjectId: none },
  }));
  if (gone.length > 0) await ask(`${repository}/refs`, { method: "POST", body: gone });
}

async function askPullRequest() {
  const request = {
    ...{ sourceRefName: `refs/heads/${change}`, targetRefName: `refs/heads/${base}` },
    ...{ title: "Fluxgate probe: is abandoned at once", description: "", isDraft: true },
  };
  const list = `${repository}/pullrequests`;
  const withItem = { ...request, workItemRefs: [{ id: "999999999" }] };
  const first = await ask(list, { method: "POST", body: withItem });
  const item = `a pull request that names a work item that is not there: ${said(first)}`;
  const made =
    first.status < 300 ? first.json : await must(list, { method: "POST", body: request });
  const of = `${list}/${made.pullRequestId}`;
  const patch = (body) => ask(of, { method: "PATCH", body });
  const { json: ours } = await ask(of);
  const answers = { 12: item, S17: item };
  answers.S18 = `completed: ${said(await patch({ status: "completed", lastMergeSourceCommit: ours?.lastMergeSourceCommit }))}`;
  await patch({ isDraft: false });
  const attach = (size) =>
    ask(`${of}/attachments/probe-${size}.md`, {
      ...{ method: "POST", body: "a".repeat(size), type: "application/octet-stream" },
    });
  answers[13] = `one of 1,000,000 bytes: ${said(await attach(1_000_000))}`;
  await attach(10);
  answers.S16 = `a second of one name: ${said(await attach(10))}`;
  answers.S8 = `a title of 400 characters: ${said(await patch({ title: "t".repeat(400) }))}; of 401: ${said(await patch({ title: "t".repeat(401) }))}`;
  const zero = await patch({ autoCompleteSetBy: { id: nobody } });
  answers.S4 = `by the zero id: ${said(zero)}, set by ${zero.json?.autoCompleteSetBy?.id ?? "nobody"}`;
  const other = await patch({ autoCompleteSetBy: { id: made.repository.project.id } });
  answers.S20 = `auto-complete by somebody else's id: ${said(other)}`;
  await patch({ status: "abandoned" });
  const { json: threads } = await ask(`${of}/threads`);
  const kinds = (threads?.value ?? []).flatMap(({ properties }) => Object.keys(properties ?? {}));
  answers.S5 = `of an abandoned one: ${[...new Set(kinds)].join(", ") || "none"}`;
  const status = { state: "succeeded", context: { genre: "fluxgate-probe", name: "late" } };
  answers.S6 = said(await ask(`${of}/statuses`, { method: "POST", body: status }));
  return answers;
}
