// Calls to this organisation as this job, and the lines that answer the rows of docs/unverified.md.
const env = process.env;
const organisation = (env.SYSTEM_COLLECTIONURI ?? "").replace(/\/+$/, "");
const project = env.SYSTEM_TEAMPROJECTID ?? "";

export const run = Number(env.BUILD_BUILDID);
export const commit = env.BUILD_SOURCEVERSION ?? "";
export const repository = `git/repositories/${env.BUILD_REPOSITORY_ID}`;

/** One call of the project's REST; a refusal is an answer too. */
export async function ask(path, { method = "GET", body, token, accept, type } = {}) {
  const secret = token ?? env.SYSTEM_ACCESSTOKEN ?? "";
  const response = await fetch(`${organisation}/${project}/_apis/${path}`, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
    headers: {
      Authorization: `Basic ${Buffer.from(`:${secret}`).toString("base64")}`,
      Accept: accept ?? "application/json;api-version=7.1",
      ...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }),
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** What came back, short: the status, and what a refusal calls itself. */
export function said({ status, json, text }) {
  if (status < 300) return String(status);
  const words = json?.message ?? text.slice(0, 120);
  return `${status} ${json?.typeKey ?? ""} ${words}`.replace(/\s+/g, " ").slice(0, 300);
}

/** Answers rows by one function; what goes wrong is an answer that says so, and stops no other. */
export async function answer(rows, find) {
  let text;
  try {
    text = await find();
  } catch (error) {
    text = `not answered: ${error instanceof Error ? error.message : error}`;
  }
  for (const row of rows) {
    const own = typeof text === "string" ? text : (text?.[row] ?? "not answered");
    console.log(`row ${row}: ${own.replace(/\s+/g, " ")}`);
  }
}

/** What an attempt that was expected to work gave; throws with the service's words where it did not. */
export async function must(path, options) {
  const found = await ask(path, options);
  if (found.status >= 300) throw new Error(`${options?.method ?? "GET"} ${path}: ${said(found)}`);
  return found.json;
}

export const statusesOf = async (of) =>
  (await must(`${repository}/commits/${of}/statuses?top=1000`)).value;

export const timeline = async () => (await must(`build/builds/${run}/timeline`)).records ?? [];
