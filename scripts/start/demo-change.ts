// The first change of the demo, as a developer makes it: commit and push, nothing else.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { progress } from "../progress.ts";

const run = promisify(execFile);

/** Pushes to `shop` and waits for the run that pauses at dev; its address and pull request. */
export async function pushDemoChange(
  sandbox: Sandbox,
): Promise<{ readonly run: string; readonly pullRequest: string }> {
  const done = progress("Pushing a change; CI, then CD until it waits");
  await push(`${sandbox.organisationUrl}/shop/_git/shop`);
  const found = await firstPullRequest(sandbox);
  done();
  return found;
}

async function push(url: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-demo-"));
  const token = Buffer.from(":sandbox-developer").toString("base64");
  const git = (...args: readonly string[]) =>
    run("git", ["-c", `http.extraheader=AUTHORIZATION: Basic ${token}`, ...args], {
      cwd: directory,
      timeout: 30_000,
      env: {
        PATH: process.env["PATH"],
        HOME: directory,
        GIT_TERMINAL_PROMPT: "0",
        ...author("GIT_AUTHOR"),
        ...author("GIT_COMMITTER"),
      },
    });
  try {
    await git("clone", "--quiet", url, ".");
    const file = join(directory, "services/web/main.js");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("Welcome to the shop", "Welcome to the new shop"));
    await git("commit", "--quiet", "--all", "--message", "Greet customers of the new shop");
    await git("push", "--quiet", "origin", "HEAD");
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function author(prefix: string) {
  return { [`${prefix}_NAME`]: "Dana Developer", [`${prefix}_EMAIL`]: "developer@fabrikam.com" };
}

async function firstPullRequest(sandbox: Sandbox) {
  const deadline = Date.now() + 120_000;
  const base = `${sandbox.organisationUrl}/shop`;
  while (Date.now() < deadline) {
    const [first] = await list<{ pullRequestId: number; sourceRefName: string }>(
      `${base}/_apis/git/repositories/shop-manifests/pullrequests?api-version=7.1`,
    );
    if (first) {
      const build = first.sourceRefName.split("/").at(-1) ?? "";
      return {
        run: `${base}/_build/results?buildId=${build}`,
        pullRequest: `${base}/_git/shop-manifests/pullrequest/${first.pullRequestId}?_a=fluxgate.fluxgate.review`,
      };
    }
    const failed = (
      await list<{ id: number; result?: string }>(`${base}/_apis/build/builds?api-version=7.1`)
    ).find(({ result }) => result === "failed");
    if (failed) throw new Error(`Failed to run the demo: run ${failed.id} failed. ${base}/_build`);
    await new Promise((resume) => setTimeout(resume, 200));
  }
  throw new Error("Failed to run the demo: no pull request came within 120 s.");
}

async function list<T>(url: string): Promise<readonly T[]> {
  const token = Buffer.from(":sandbox-developer").toString("base64");
  const response = await fetch(url, { headers: { Authorization: `Basic ${token}` } });
  return ((await response.json()) as { readonly value?: readonly T[] }).value ?? [];
}
