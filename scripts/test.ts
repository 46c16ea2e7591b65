// `npm test`: everything, on the embedded Flux. `npm run test:cluster`: what differs on a real
// Kubernetes API and Flux. `npm run test:clients`: clients of others, unmodified, against the sandbox;
// they are installed for it. `--sandbox`: the sandbox's own package alone. Further arguments name test files: `npm test -- test/core/a.test.ts`.
import { appendFileSync, existsSync } from "node:fs";
import { relative } from "node:path";
import { sourceFiles } from "./source-files.ts";
import { cpuSecondsOfChildren, cpuSecondsOfMachine } from "./cpu-seconds.ts";
import { orderTests } from "./order-tests.ts";
import { prepareTests } from "./prepare-tests.ts";
import { runMocha, sumResults } from "./run-mocha.ts";

/** More files than these that fail are no accident of timing. */
const mostRerun = 3;
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

if (files.length === 0) {
  console.log("0 passed, 0 failed, 0 skipped");
  process.exit(0);
}
// Scenarios wait for half of their time, so three processes keep two cores busy; on a real cluster each has
// one of its own, which is never idle.
const jobs = onCluster ? "2" : "3";
const patience = onCluster ? ["--timeout", "300000"] : [];
const environment = { FLUXGATE_FLUX: onCluster ? "real" : "embedded" };
const first = runMocha(orderTests(files), ["--parallel", "--jobs", jobs, ...patience], environment);
const failed = Object.entries(first ?? {}).flatMap(([path, file]) => (file.failed > 0 ? path : []));
const isRerun = failed.length > 0 && failed.length <= mostRerun;
if (isRerun)
  console.log(`\nOnce more, alone: ${failed.map((path) => relative(".", path)).join(", ")}`);
const again = isRerun ? runMocha(failed, patience, environment) : undefined;
const sum = sumResults(first, again);
const seconds = cpuSecondsOfChildren();
const machineAfter = cpuSecondsOfMachine();
const machine =
  machineBefore === undefined || machineAfter === undefined
    ? ""
    : `; of the machine meanwhile: ${machineAfter - machineBefore}`;
if (seconds !== undefined) console.log(`CPU seconds (user + system): ${seconds}${machine}`);
const counts = `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`;
console.log([...sum.lines, counts].join("\n"));
const account = process.env["FLUXGATE_RESULTS"];
const figures = `${sum.passed} ${sum.failed} ${sum.skipped}`;
if (account) appendFileSync(account, `${[figures, ...sum.lines].join("\n")}\n`);
process.exit(sum.failed === 0 ? 0 : 1);
