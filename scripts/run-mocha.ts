import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "./make-scratch.ts";

/** What became of the tests of one file; `failures` are their full titles with the first line of why. */
type FileResult = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
};

/** By absolute path of the test file. */
export type FileResults = Readonly<Record<string, FileResult>>;

/**
 * Runs the test files under mocha, its spec output on this terminal. Undefined when mocha left no account
 * of them (it could not start, or was ended), or ended otherwise than by its account.
 */
export function runMocha(
  files: readonly string[],
  options: readonly string[],
  environment: Readonly<Record<string, string>>,
): FileResults | undefined {
  const scratch = makeScratch();
  const temporary = join(scratch, "tmp");
  mkdirSync(temporary);
  const account = join(scratch, "files.json");
  const reporter = ["--reporter", "scripts/test-reporter.cjs", "--reporter-option"];
  const { status } = spawnSync("mocha", [...options, ...reporter, `files=${account}`, ...files], {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: {
      ...process.env,
      ...environment,
      TMPDIR: temporary,
      // Reading it costs each start of Node 0.1 s of CPU, four times all the rest, and no test asks
      // anybody whose certificate is there.
      NODE_EXTRA_CA_CERTS: undefined,
    },
  });
  const results = existsSync(account)
    ? (JSON.parse(readFileSync(account, "utf8")) as FileResults)
    : undefined;
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  // Mocha ends with the number of tests that failed (https://mochajs.org/running/cli/).
  const failed = Math.min(255, sumOf(results ?? {}, "failed"));
  return status === failed ? results : undefined;
}

/**
 * The sums over all files, and a line for each test that failed. `again` holds the files that failed and
 * were run once more, alone: what passes then is listed all the same, as it is a defect of the test or of
 * what it tests, but it is no answer to "does this change break something", so it does not count as failed.
 */
export function sumResults(first: FileResults | undefined, again: FileResults | undefined = {}) {
  if (first === undefined) return { passed: 0, failed: 1, skipped: 0, lines: [] };
  const last = { ...first, ...again };
  const passedAlone = Object.keys(again).filter((path) => last[path]?.failed === 0);
  return {
    passed: sumOf(last, "passed"),
    failed: sumOf(last, "failed"),
    skipped: sumOf(last, "skipped"),
    lines: [
      ...titlesOf(Object.values(last), "failed"),
      ...titlesOf(
        passedAlone.flatMap((path) => first[path] ?? []),
        "failed beside other tests, passed alone",
      ),
    ],
  };
}

function titlesOf(files: readonly FileResult[], what: string): readonly string[] {
  return files.flatMap(({ failures }) => failures.map((title) => `- ${what}: ${title}`));
}

function sumOf(results: FileResults, what: "passed" | "failed" | "skipped"): number {
  return Object.values(results).reduce((sum, file) => sum + file[what], 0);
}
