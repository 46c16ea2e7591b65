// Stryker's own runner does not know this Mocha (its peer range ends before 12). Tests are loaded once
// and run again for each mutant, those alone that reach it.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from "@stryker-mutator/api/test-runner";
import Mocha from "mocha";

const everywhere = globalThis as unknown as Record<string, InstrumenterContext>;
const context = (everywhere[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {} as InstrumenterContext);

class MochaRunner implements TestRunner {
  private readonly mocha = new Mocha({ timeout: 20_000 });

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    for (const folder of (process.env["MUTANTS_TESTS"] ?? "").split(" ")) {
      for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (file.endsWith(".test.ts")) this.mocha.addFile(resolve(folder, file));
      }
    }
    this.mocha.cleanReferencesAfterRun(false);
    this.mocha.reporter(
      class extends Mocha.reporters.Base {
        override epilogue() {
          // Stryker tells.
        }
      },
    );
    this.mocha.rootHooks({
      beforeEach(this: Mocha.Context) {
        context.currentTestId = this.currentTest?.fullTitle() ?? "";
      },
    });
    await this.mocha.loadFilesAsync();
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const tests = await this.run(false);
    const mutantCoverage = coverageAnalysis === "off" ? undefined : context.mutantCoverage;
    return {
      ...{ status: DryRunStatus.Complete, tests },
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, testFilter } = options;
    context.activeMutant = activeMutant.id;
    Object.assign(context, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    const named = testFilter?.map((name) => `^${name.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")}$`);
    this.mocha.grep(new RegExp(named?.join("|") ?? ""));
    const tests = await this.run(true);
    const endless = determineHitLimitReached(context.hitCount, hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
  }

  private run(bail: boolean): Promise<TestResult[]> {
    this.mocha.bail(bail);
    return new Promise((resolve) => {
      const tests: TestResult[] = [];
      const told = (test: Mocha.Runnable) => ({
        ...{ id: test.fullTitle(), name: test.fullTitle(), timeSpentMs: test.duration ?? 0 },
      });
      const runner = this.mocha.run(() => resolve(tests));
      runner.on("pass", (test) => {
        tests.push({ ...told(test), status: TestStatus.Success });
      });
      runner.on("fail", (test, error: unknown) => {
        tests.push({ ...told(test), status: TestStatus.Failed, failureMessage: String(error) });
      });
    });
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "this-mocha", MochaRunner),
];
