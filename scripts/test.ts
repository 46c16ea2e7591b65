// `npm test`: everything, on the embedded Flux. `npm run test:cluster`: what differs on a real
// Kubernetes API and Flux. `npm run test:clients`: clients of others, unmodified, against the sandbox;
// they are installed for it. `--sandbox`: the sandbox's own package alone. Further arguments name test files: `npm test -- test/core/a.test.ts`.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceFiles } from "./source-files.ts";
import { cpuSecondsOfChildren, cpuSecondsOfMachine } from "./cpu-seconds.ts";
import { orderTests } from "./order-tests.ts";
import { prepareTests } from "./prepare-tests.ts";

const onCluster = process.argv.includes("--cluster");
const withClients = process.argv.includes("--clients");
const sandboxAlone = process.argv.includes("--sandbox");
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const clusterTests = /^test\/(scenarios|cluster)\//;
const tests = sourceFiles().filter((path) => /\.test\.tsx?$/.test(path));
const files =
  named.length > 0
    ? named
    : tests.filter((path) => {
        if (withClients) return path.includes("/unmodified/");
        if (onCluster) return clusterTests.test(path);
        if (sandboxAlone && !path.startsWith("sandbox/")) return false;
        return !/^test\/cluster\/|\/unmodified\//.test(path);
      });

const missing = files.filter((path) => !existsSync(path));
if (missing.length > 0) {
  console.error(`Failed to run ${missing.join(", ")}: there is no such file. Name test files.`);
  process.exit(1);
}

// What prepares the tests is in the other figure too.
const machineBefore = cpuSecondsOfMachine();
await prepareTests({ onCluster, withClients });

const scratch = mkdtempSync(join(tmpdir(), "fluxgate-test-"));
const counts = join(scratch, "counts.json");
// Scenarios wait for half of their time, so three processes keep two cores busy; on a real cluster each has
// one of its own, which is never idle.
const jobs = onCluster ? "2" : "3";
const how = ["--parallel", "--jobs", jobs, ...(onCluster ? ["--timeout", "300000"] : [])];
if (files.length === 0) {
  console.log("0 passed, 0 failed, 0 skipped");
  process.exit(0);
}
const mocha = spawnSync(
  "mocha",
  [
    ...how,
    "--reporter",
    "scripts/test-reporter.cjs",
    "--reporter-option",
    `counts=${counts}`,
    ...orderTests(files),
  ],
  {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, FLUXGATE_FLUX: onCluster ? "real" : "embedded" },
  },
);
const ran = existsSync(counts);
const { passed, failed, skipped } = ran
  ? (JSON.parse(readFileSync(counts, "utf8")) as Record<"passed" | "failed" | "skipped", number>)
  : { passed: 0, failed: 1, skipped: 0 };
rmSync(scratch, { recursive: true });
const seconds = cpuSecondsOfChildren();
const machineAfter = cpuSecondsOfMachine();
const machine =
  machineBefore === undefined || machineAfter === undefined
    ? ""
    : `; of the machine meanwhile: ${machineAfter - machineBefore}`;
if (seconds !== undefined) console.log(`CPU seconds (user + system): ${seconds}${machine}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
const results = process.env["FLUXGATE_RESULTS"];
if (results) appendFileSync(results, `${passed} ${failed} ${skipped}\n`);
process.exit(mocha.status === 0 && ran ? 0 : 1);
