// Keeps what is known of a file as soon as all of its mutants were asked: a run of hours may be ended
// at any time.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { MutantResult } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import type { MutationTestingPlanReadyEvent, Reporter } from "@stryker-mutator/api/report";
import { keepFiles } from "./known.ts";
import type { Mutant } from "./report.ts";

class Keeper implements Reporter {
  private isPlanned = false;
  private readonly left = new Map<string, number>();
  private readonly found = new Map<string, Mutant[]>();

  onMutationTestingPlanReady({ mutantPlans }: MutationTestingPlanReadyEvent): void {
    this.isPlanned = true;
    for (const { mutant } of mutantPlans) this.count(mutant.fileName, 1);
  }

  // Those that no test reaches are told before there is a plan.
  onMutantTested(one: MutantResult): void {
    const { fileName } = one;
    // Without the names of all tests that came by it: they would be a hundred megabytes.
    const { id, status, mutatorName, replacement, location } = one;
    const own = { id, status, mutatorName, replacement, location };
    this.found.set(fileName, [...(this.found.get(fileName) ?? []), own]);
    if (this.count(fileName, -1) !== 0 || !this.isPlanned) return;
    const mutants = this.found.get(fileName) ?? [];
    const path = relative(process.cwd(), fileName);
    keepFiles({ [path]: { source: readFileSync(fileName, "utf8"), mutants } });
  }

  private count(fileName: string, by: number): number {
    const left = (this.left.get(fileName) ?? 0) + by;
    this.left.set(fileName, left);
    return left;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "this-keeper", Keeper)];
