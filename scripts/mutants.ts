// `npm run mutants [-- folder or file …]`: does a test fail when the code does something else? Changes
// the rules of the gate, of health, of Flux and of the diff one by one (Stryker) and runs the tests
// that reach the change. Hours for all of it, so never part of `npm test`; what was found of a file is
// kept as soon as all of it was asked, so that a run can be ended at any time and be gone on with: a
// file that is as it was then is not asked again (`--fresh` forgets it all, `--print` asks nothing,
// `--survivors` asks those again that nobody noticed, `--tests=<file or folder>,…` asks these tests
// alone). `--sample=5` tries one in five, and keeps that apart.
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import { survivingLines } from "./mutants/survivors.ts";

const root = join(import.meta.dirname, "..");
const folders = ["core/gate", "core/health", "core/flux", "core/diff"];
const least = 90;

const words = process.argv.slice(2);
const given = (option: string) =>
  words.find((word) => word.startsWith(option))?.slice(option.length);
const sample = given("--sample=");
if (sample !== undefined) process.env["MUTANTS_ONE_IN"] = sample;
const isAgain = words.includes("--survivors");
if (isAgain) process.env["MUTANTS_AGAIN"] = "1";
const named = words.filter((word) => !word.startsWith("--"));

const { forgetAll, knownFiles } = await import("./mutants/known.ts");
if (words.includes("--fresh")) forgetAll();
if (!words.includes("--print")) await findSurvivors(named.length > 0 ? named : folders);
const files = knownFiles();
if (Object.keys(files).length === 0) throw new Error("Nothing is known yet: leave out `--print`.");
const { printScores } = await import("./mutants/print-scores.ts");
process.exitCode = printScores({ files, folders, least, named }) ? 0 : 1;

async function findSurvivors(asked: readonly string[]): Promise<void> {
  const tested = new Set([
    // The gate's tests reach much of the others.
    "core/gate",
    ...folders.filter((folder) => asked.some((one) => one.startsWith(folder))),
  ]);
  const known = knownFiles();
  const whole = asked.map((one) => (/\.ts$|:\d/.test(one) ? one : `${one}/**/*.ts`));
  const mutate = isAgain
    ? survivingLines(known, asked)
    : [...whole, ...Object.keys(known).map((file) => `!${file}`)];
  const options: PartialStrykerOptions = {
    mutate,
    plugins: ["mocha-runner", "keep-answers"].map((one) => join(root, `scripts/mutants/${one}.ts`)),
    testRunner: "this-mocha",
    coverageAnalysis: "perTest",
    // What happens once, as a module is loaded, cannot be switched within a process.
    ignoreStatic: true,
    ignorePatterns: ["/dist", "/images", "/docs", "/.git"],
    disableTypeChecks: false,
    concurrency: 1,
    // A machine that is busy with others is no endless loop: those are counted (`hitLimit`).
    timeoutMS: 60_000,
    tempDirName: "dist/mutants",
    reporters: ["this-keeper", "progress-append-only"],
    allowConsoleColors: false,
  };
  // Every process of Stryker reads TypeScript.
  process.env["NODE_OPTIONS"] = "--import tsx";
  const chosen = given("--tests=");
  process.env["MUTANTS_TESTS"] = chosen ?? [...tested].map((folder) => `test/${folder}`).join(",");
  rmSync(join(root, "dist/mutants"), { recursive: true, force: true });
  await new Stryker(options).runMutationTest();
}
