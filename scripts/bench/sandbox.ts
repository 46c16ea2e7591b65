// List calls of the sandbox on a full organisation, and how long it takes to start.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { runGit } from "../../sandbox/azure-devops/git/run-git.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";

const rounds = 9;
const size = { commits: 5_000, pullRequests: 200, runs: 1_000 };
/** Issue "The sandbox": list calls and start, in milliseconds. */
const budgets = { list: 100, start: 2_000 };
const definition = {
  ...{ name: "ci", project: "shop", repository: "shop", yamlPath: "ci.yml" },
  completedRuns: size.runs,
};
const repository = "shop/_apis/git/repositories/shop";

const lists: Readonly<Record<string, string>> = {
  "100 commits of 5,000": `${repository}/commits?searchCriteria.$top=100`,
  "100 commits of one path": `${repository}/commits?searchCriteria.$top=100&searchCriteria.itemPath=/dev/1.yaml`,
  "101 open pull requests": `${repository}/pullrequests?searchCriteria.status=active`,
  "200 pull requests of all projects": "_apis/git/pullrequests?searchCriteria.status=all&$top=200",
  "refs with statuses": `${repository}/refs?filter=heads/&includeStatuses=true&latestStatusesOnly=true`,
  pushes: `${repository}/pushes?$top=100`,
  "items of a tree": `${repository}/items?recursionLevel=full&$format=json&scopePath=/`,
  "1,000 runs": "shop/_apis/build/builds?$top=1000",
  "100 runs of 1,000": "shop/_apis/build/builds?definitions=1&$top=100",
  "1,000 runs of a pipeline": "shop/_apis/pipelines/1/runs",
  repositories: "_apis/git/repositories",
  projects: "_apis/projects",
  locations: "_apis",
};

/** Prints the figures; whether they are within the budgets. */
export async function runSandboxBench(): Promise<boolean> {
  const start = await measureMedian(() => startOnce());
  let within = report("start without demo (process)", start, budgets.start);
  const sandbox = await createSandbox({
    seed: {
      organisation: "fabrikam",
      projects: [{ name: "shop", repositories: [{ name: "shop", files: {} }] }],
    },
    parts: [createPipelines({ seed: { definitions: [definition] } })],
  });
  try {
    await fill(sandbox);
    for (const [what, path] of Object.entries(lists)) {
      const method = path === "_apis" ? "OPTIONS" : "GET";
      const ms = await measureMedian(() => call(sandbox, path, { method }));
      within = report(what, ms, budgets.list) && within;
    }
  } finally {
    await sandbox.close();
  }
  return within;
}

function report(what: string, ms: number, budget: number): boolean {
  console.log(`  ${what.padEnd(38)}${ms.toFixed(0).padStart(6)} ms  (budget ${budget})`);
  return ms <= budget;
}

// Commits on main, and branches of one change each with their pull requests.
async function fill(sandbox: Sandbox): Promise<void> {
  const { directory } = sandbox.organisation().projects[0]?.repositories[0] ?? {};
  if (directory === undefined) throw new Error("the sandbox has no repository");
  const author = "committer Dana Developer <developer@fabrikam.com>";
  const stream: string[] = [];
  for (let index = 1; index <= size.commits; index += 1) {
    stream.push(
      `commit refs/heads/main\nmark :${index}\n${author} ${1_700_000_000 + index * 60} +0000\n`,
      `data <<END\nChange ${index}\nEND\n`,
      `M 100644 inline dev/${index % 50}.yaml\ndata <<END\nvalue: ${index}\nEND\n\n`,
    );
  }
  for (let index = 1; index <= size.pullRequests; index += 1) {
    stream.push(
      `commit refs/heads/change-${index}\n${author} ${1_701_000_000 + index} +0000\n`,
      `data <<END\nBranch ${index}\nEND\nfrom :${size.commits}\n`,
      `M 100644 inline prod/${index}.yaml\ndata <<END\nvalue: ${index}\nEND\n\n`,
    );
  }
  await runGit(directory, ["fast-import", "--quiet"], { input: stream.join("") });
  for (let index = 1; index <= size.pullRequests; index += 1) {
    const refs = { sourceRefName: `refs/heads/change-${index}`, targetRefName: "refs/heads/main" };
    const body = { ...refs, title: `Change ${index}`, description: "d".repeat(1_000) };
    await call(sandbox, `${repository}/pullrequests`, { method: "POST", body });
  }
  const last = `${repository}/pullrequests?$top=1`;
  for (;;) {
    const { value } = (await call(sandbox, last, {})) as { value: { mergeStatus: string }[] };
    if (value[0]?.mergeStatus === "succeeded") return;
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

async function call(
  { organisationUrl }: Sandbox,
  path: string,
  { method = "GET", body }: { readonly method?: string; readonly body?: unknown },
): Promise<unknown> {
  const response = await fetch(`${organisationUrl}/${path}`, {
    method,
    headers: {
      Authorization: "Bearer sandbox-developer",
      Accept: "application/json;api-version=7.1",
      "Content-Type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return response.json();
}

async function measureMedian(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

/** From a process that begins to a sandbox that answers. */
async function startOnce(): Promise<void> {
  const entry = join(import.meta.dirname, "start-sandbox.ts");
  // Ended without a word, it leaves its repositories behind.
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-bench-"));
  const child = spawn(process.execPath, ["--import", "tsx", entry], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: scratch, TEMP: scratch },
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
