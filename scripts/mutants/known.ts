import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Report } from "./report.ts";
import { oneIn } from "./sample.ts";
import { withAnswers } from "./survivors.ts";

const root = join(import.meta.dirname, "../..");
// Another sample asks others: what was found in this one says nothing of them.
const name = oneIn === 1 ? "known" : `sampled-${oneIn}`;
const path = join(root, `dist/${name}-mutants.json`);

type Files = Report["files"];

/** What was found of each file, as far as it is as it was then. */
export function knownFiles(): Files {
  if (!existsSync(path)) return {};
  const all = (JSON.parse(readFileSync(path, "utf8")) as Report).files;
  const isAsItWas = ([file, { source }]: readonly [string, Files[string]]) =>
    existsSync(join(root, file)) && readFileSync(join(root, file), "utf8") === source;
  return Object.fromEntries(Object.entries(all).filter(isAsItWas));
}

/** Writes down what was found of some files, beside what is known of others. */
export function keepFiles(found: Files): void {
  const known = knownFiles();
  const isAgain = process.env["MUTANTS_AGAIN"] !== undefined;
  const files = isAgain ? withAnswers(known, found) : { ...known, ...found };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ files }));
}

/** Forgets what was found. */
export function forgetAll(): void {
  rmSync(path, { force: true });
}
