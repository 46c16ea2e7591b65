// `npm run kube -- update --kubernetes 1.37 --flux 2.9`: moves Flux's and Kubernetes' code, all pins at
// once, and generates what follows from them. Nothing changes where anything of it fails.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { actOrRestore } from "./update/all-or-nothing.ts";
import { findPins, readStanding } from "./update/decide-pins.ts";
import { resolveModules } from "./update/go-modules.ts";
import { parseUpdateOptions } from "./update/options.ts";
import { commandOf, generated, runStep, stepsFor } from "./update/regenerate.ts";
import { changesBetween, nextSteps } from "./update/report.ts";
import { rewriteText, textsWithPins } from "./update/rewrite-texts.ts";

const root = resolve(import.meta.dirname, "../..");

/** @throws TerminalError with code "kube-update-failed" */
export function updateKube(args: readonly string[]): void {
  const options = parseUpdateOptions(args);
  const standing = readStanding(root);
  const pins = findPins(root, options, standing);
  console.log(`Kubernetes ${standing.kubernetes} → ${pins.text.kubernetes}`);
  console.log(`Flux ${standing.flux} → ${pins.text.flux}, Go ${pins.mod.toolchain}`);
  const texts = textsWithPins.map(
    (file) => [file, rewriteText(file, read(file), pins.text)] as const,
  );
  const after = new Map([...resolveModules(root, pins.mod), ...texts]);
  const before = new Map([...after.keys()].map((file) => [file, read(file)]));
  const changes = changesBetween(before, after);
  if (changes.length === 0) return console.log("All pins stand there already: nothing is changed.");
  console.log(`${options.dryRun ? "Would change" : "Changes"}:\n  ${changes.join("\n  ")}`);
  if (options.dryRun) return;

  const steps = stepsFor(pins, standing);
  actOrRestore(root, [...after.keys(), ...generated], () => {
    for (const [file, text] of after) writeFileSync(join(root, file), text);
    if (!options.pinsOnly) for (const step of steps) runStep(root, step);
  });
  const commands = options.pinsOnly ? steps.map(commandOf) : [];
  console.log(nextSteps({ pins, standing, commands, namesOf }).join("\n"));
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function namesOf(minor: string): readonly string[] {
  const pattern = `\\b${minor.replace(".", "\\.")}\\b`;
  const files = ["*.md", "*.ts", "*.yaml", ":!CHANGELOG.md", ":!docs/adr", ":!scripts/kube/update"];
  const { stdout } = spawnSync("git", ["grep", "-lP", pattern, "--", ...files], {
    cwd: root,
    encoding: "utf8",
  });
  return (stdout ?? "").trim().split("\n").filter(Boolean);
}
