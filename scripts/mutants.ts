// `npm run mutants [-- folder or file …]`: does a test fail when the code does something else? Changes
// the rules of the gate, of health, of Flux and of the diff one by one (Stryker) and runs the tests
// that reach the change. Hours for all of it, so never part of `npm test`; what was found is kept, so
// that it can be asked in pieces, and what was asked last only where it changed (`--fresh` forgets it
// all, `--print` asks nothing, `--survivors` asks those alone that nobody noticed, of files that are as
// they were, `--tests=<file or folder>,…` asks these tests alone). `--sample=5` tries one in five, and
// keeps nothing.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import type { Report } from "./mutants/print-scores.ts";
import { survivingLines, withAnswers } from "./mutants/survivors.ts";

const root = join(import.meta.dirname, "..");
const folders = ["core/gate", "core/health", "core/flux", "core/diff"];
const least = 90;

const report = join(root, "dist/found-mutants.json");
/** What Stryker itself keeps of what was asked last. */
const last = join(root, "dist/last-mutants.json");

const words = process.argv.slice(2);
const given = (option: string) =>
  words.find((word) => word.startsWith(option))?.slice(option.length);
const sample = given("--sample=");
if (sample !== undefined) process.env["MUTANTS_ONE_IN"] = sample;
const named = words.filter((word) => !word.startsWith("--"));
const known = join(root, `dist/${sample === undefined ? "known" : "sampled"}-mutants.json`);
const isFresh = words.includes("--fresh");
if (sample !== undefined || isFresh) rmSync(known, { force: true });
const isAgain = words.includes("--survivors");
if (isFresh) rmSync(last, { force: true });
if (!words.includes("--print")) await findSurvivors(named.length > 0 ? named : folders);
const { files } = readReport(known);
if (Object.keys(files).length === 0) throw new Error("Nothing is known yet: leave out `--print`.");
const { printScores } = await import("./mutants/print-scores.ts");
process.exitCode = printScores({ files, folders, least, named }) ? 0 : 1;

/** What is known of files that are still as they were. */
function readReport(path: string): Report {
  const all = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Report).files : {};
  const isAsItWas = (file: string, source: string) =>
    existsSync(join(root, file)) && readFileSync(join(root, file), "utf8") === source;
  const left = Object.entries(all).filter(([file, { source }]) => isAsItWas(file, source));
  return { files: Object.fromEntries(left) };
}

/** Stryker forgets what it is not asked about: what was known of other files is kept here. */
function keep(found: Report, asked: readonly string[]): void {
  const isAsked = (file: string) => asked.some((one) => file === one || file.startsWith(`${one}/`));
  const own = Object.entries(found.files).filter(([file]) => isAsked(file));
  const before = readReport(known).files;
  const all = { ...before, ...Object.fromEntries(own) };
  writeFileSync(known, JSON.stringify({ files: isAgain ? withAnswers(before, found.files) : all }));
}

async function findSurvivors(asked: readonly string[]): Promise<void> {
  const tested = new Set([
    // The gate's tests reach much of the others.
    "core/gate",
    ...folders.filter((folder) => asked.some((one) => one.startsWith(folder))),
  ]);
  const whole = asked.map((one) => (/\.ts$|:\d/.test(one) ? one : `${one}/**/*.ts`));
  const options: PartialStrykerOptions = {
    mutate: isAgain ? survivingLines(readReport(known).files, asked) : whole,
    plugins: [join(root, "scripts/mutants/mocha-runner.ts")],
    testRunner: "this-mocha",
    coverageAnalysis: "perTest",
    // What happens once, as a module is loaded, cannot be switched within a process.
    ignoreStatic: true,
    ignorePatterns: ["/dist", "/images", "/docs", "/.git"],
    disableTypeChecks: false,
    concurrency: 1,
    timeoutMS: 10_000,
    tempDirName: "dist/mutants",
    incremental: sample === undefined && !isAgain,
    incrementalFile: last,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
  };
  // Every process of Stryker reads TypeScript.
  process.env["NODE_OPTIONS"] = "--import tsx";
  const chosen = given("--tests=");
  process.env["MUTANTS_TESTS"] = chosen ?? [...tested].map((folder) => `test/${folder}`).join(",");
  await new Stryker(options).runMutationTest();
  keep(JSON.parse(readFileSync(report, "utf8")) as Report, asked);
  rmSync(report);
}
