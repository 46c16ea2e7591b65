// `npm run mutants [-- folder or file …]`: does a test fail when the code does something else? Changes
// the rules of the gate, of health, of Flux and of the diff one by one (Stryker) and runs the tests
// that reach the change. Hours for all of it, so never part of `npm test`.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import { reasonOf } from "./mutants/equivalents.ts";

const root = join(import.meta.dirname, "..");
const folders = ["core/gate", "core/health", "core/flux", "core/diff"];
const least = 90;

type Mutant = {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number } };
};
type File = { readonly source: string; readonly mutants: readonly Mutant[] };
type Report = { readonly files: Readonly<Record<string, File>> };

const named = process.argv.slice(2);
const asked = named.length > 0 ? named : folders;
const tested = new Set([
  "core/gate",
  ...folders.filter((folder) => asked.some((one) => one.startsWith(folder))),
]);
const report = join(root, "dist/mutants.json");
const options: PartialStrykerOptions = {
  mutate: asked.map((one) => (one.endsWith(".ts") || /:\d/.test(one) ? one : `${one}/**/*.ts`)),
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
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: report },
  allowConsoleColors: false,
};

// Every process of Stryker reads TypeScript.
process.env["NODE_OPTIONS"] = "--import tsx";
// The gate's tests reach much of the others.
process.env["MUTANTS_TESTS"] = [...tested].map((folder) => `test/${folder}`).join(" ");
await new Stryker(options).runMutationTest();
const { files } = JSON.parse(readFileSync(report, "utf8")) as Report;
rmSync(report);
process.exitCode = printScores(files) ? 0 : 1;

/** By folder, then those that no test noticed. */
function printScores(files: Report["files"]): boolean {
  let within = true;
  for (const folder of folders) {
    const own = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`));
    const mutants = own.flatMap(([, file]) => file.mutants);
    const killed = mutants.filter(({ status }) => ["Killed", "Timeout"].includes(status)).length;
    const missed = mutants.filter(({ status }) => ["Survived", "NoCoverage"].includes(status));
    const all = killed + missed.length;
    if (all === 0) continue;
    const score = (100 * killed) / all;
    within &&= score >= least;
    console.log(`${folder}: ${score.toFixed(1)} % of ${all} killed (budget ${least} %)`);
    for (const [path, file] of own) {
      for (const one of file.mutants.filter((each) => missed.includes(each))) {
        const { line } = one.location.start;
        const code = file.source.split("\n")[line - 1]?.trim() ?? "";
        const text = (one.replacement ?? "").replace(/\s+/g, " ").slice(0, 90);
        const why = reasonOf({ path, code, mutator: one.mutatorName });
        console.log(`  ${path}:${line} ${one.status} ${one.mutatorName}: ${code} ⇒ ${text}`);
        if (why !== undefined) console.log(`    nobody could see it: ${why}`);
      }
    }
  }
  return within;
}
