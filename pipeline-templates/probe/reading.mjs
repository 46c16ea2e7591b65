// Rows that reading and posting statuses answer.
import { answer, ask, commit, repository, run, said, timeline } from "./rest.mjs";

const post = (status) =>
  ask(`${repository}/commits/${commit}/statuses`, { method: "POST", body: status });
const longest = [250, 500, 1_000, 4_000];

export async function askReading() {
  await answer(["6"], async () => {
    const results = [];
    for (const length of longest) {
      const description = "d".repeat(length);
      const targetUrl = `https://example.com/${"u".repeat(length - 20)}`;
      const context = { genre: "fluxgate-probe", name: `length-${length}` };
      const found = await post({ state: "notApplicable", context, description, targetUrl });
      const kept = [found.json?.description?.length, found.json?.targetUrl?.length];
      results.push(`${length}: ${found.status < 300 ? `kept ${kept.join(" and ")}` : said(found)}`);
    }
    return results.join("; ");
  });
  await answer(["19"], async () => {
    const found = await ask("build/builds?buildIds=2147483646");
    const count = found.json?.value?.length;
    return count === 0
      ? "taken, and what is not there is left out"
      : `${said(found)}, ${count} runs`;
  });
  await answer(["21"], async () => {
    const answers = {
      "a success": await ask(`build/builds/${run}`),
      "a 404": await ask(`build/builds/2147483646`),
      "a 401": await ask(`build/builds/${run}`, { token: "not-a-token" }),
    };
    return Object.entries(answers)
      .map(
        ([what, { status, headers }]) =>
          `${what} (${status}) ${headers.has("date") ? "has" : "lacks"} Date`,
      )
      .join(", ");
  });
  await answer(["S3"], async () => {
    const path = `${repository}/commits/${commit}`;
    const accept = "application/json;api-version=7.1;excludeUrls=true";
    const [all, less] = [await ask(path), await ask(path, { accept })];
    const left = Object.keys(all.json ?? {}).filter((key) => !(key in (less.json ?? {})));
    return `of a commit: ${left.join(", ") || "nothing"}`;
  });
  await answer(["S14"], async () => {
    const found = (await timeline()).filter(({ type }) => type === "Checkpoint");
    return found.length === 0
      ? "there are none"
      : found.map(({ name, state }) => `${name} is ${state}`).join(", ");
  });
  await answer(["S21"], async () => {
    const yamlOverride =
      "trigger: none\nsteps: [{ publish: a, artifact: b }, { download: none }]\n";
    const path = `pipelines/${process.env.SYSTEM_DEFINITIONID}/preview?api-version=7.1`;
    const body = { previewRun: true, yamlOverride };
    const found = await ask(path, { method: "POST", body });
    return found.json?.finalYaml ? JSON.stringify(found.json.finalYaml) : said(found);
  });
}

/** For CheckFluxHealth, row 14. @returns who posted it */
export async function postHealth() {
  const context = { genre: "fluxgate", name: "fluxgate-probe" };
  const found = await post({ state: "succeeded", description: "Means nothing", context });
  return found.json?.createdBy?.id;
}
