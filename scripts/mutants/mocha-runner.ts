// Stryker's own runner does not know this Mocha (its peer range ends before 12). Tests are loaded once
// and run again for each mutant: those alone that reach it, the quick ones first. One that is slow (it
// tries by chance, for seconds) is asked only where no other reaches the mutant.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  MutantRunStatus,
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
import { kept, keptBefore, nearestTests } from "./nearest-tests.ts";
import { isInSample } from "./sample.ts";

const slowMs = 1_000;

const everywhere = globalThis as unknown as Record<string, InstrumenterContext>;
const context = (everywhere[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {} as InstrumenterContext);

class MochaRunner implements TestRunner {
  private readonly mocha = new Mocha({ timeout: 120_000 });
  private slow: ReadonlySet<string> = new Set();
  private nearest: ReturnType<typeof nearestTests> = (_, tests) => tests;
  private readonly tests = new Map<string, Mocha.Test>();

  // Not so, but a new process for each mutant that loading reaches too would find no more: such a mutant
  // is switched on for the tests alone.
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    for (const named of (process.env["MUTANTS_TESTS"] ?? "").split(",")) {
      if (named.endsWith(".ts")) this.mocha.addFile(resolve(named));
      else for (const file of testsIn(named)) this.mocha.addFile(resolve(named, file));
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
    this.mocha.suite.eachTest((test) => this.tests.set(test.fullTitle(), test));
    const before = keptBefore();
    if (before !== undefined) this.nearest = nearestTests(before);
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const tests = await this.run(false);
    this.putQuickFirst(tests);
    const mutantCoverage = coverageAnalysis === "off" ? undefined : context.mutantCoverage;
    const spentMs = new Map(tests.map((one) => [one.id, one.timeSpentMs]));
    this.nearest = nearestTests(kept({ perTest: mutantCoverage?.perTest ?? {}, spentMs }));
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, testFilter } = options;
    if (!isInSample(activeMutant.id)) {
      return { status: MutantRunStatus.Error, errorMessage: "not in the sample" };
    }
    context.activeMutant = activeMutant.id;
    Object.assign(context, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    const quick = testFilter?.filter((name) => !this.slow.has(name));
    const asked = quick === undefined || quick.length === 0 ? testFilter : quick;
    const nearest = asked && this.nearest(activeMutant.id, asked);
    const tests = await this.ask(nearest);
    const endless = determineHitLimitReached(context.hitCount, hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
  }

  /** One test after the other, until one fails: without Mocha, unless it has something to prepare. */
  private async ask(names: readonly string[] | undefined): Promise<TestResult[]> {
    const tests = names?.map((name) => this.tests.get(name));
    if (tests === undefined || !tests.every((one) => one !== undefined && isPlain(one))) {
      this.mocha.grep(exactly(names));
      return this.run(true);
    }
    const results: TestResult[] = [];
    for (const test of tests) {
      if (test?.fn === undefined) continue;
      context.currentTestId = test.fullTitle();
      const told = { id: test.fullTitle(), name: test.fullTitle(), timeSpentMs: 0 };
      try {
        await (test.fn as () => unknown).call(new Mocha.Context());
        results.push({ ...told, status: TestStatus.Success });
      } catch (error) {
        results.push({ ...told, status: TestStatus.Failed, failureMessage: String(error) });
        break;
      }
    }
    return results;
  }

  private putQuickFirst(tests: readonly TestResult[]): void {
    this.slow = new Set(tests.filter((one) => one.timeSpentMs > slowMs).map(({ id }) => id));
    const spent = new Map(tests.map((one) => [one.id, one.timeSpentMs]));
    const cost = (suite: Mocha.Suite): number => {
      let sum = 0;
      suite.eachTest((test) => {
        sum += spent.get(test.fullTitle()) ?? 0;
      });
      return sum;
    };
    this.mocha.suite.suites.sort((one, other) => cost(one) - cost(other));
  }

  private run(bail: boolean): Promise<TestResult[]> {
    this.mocha.bail(bail);
    return new Promise((resolve) => {
      const tests: TestResult[] = [];
      const told = (test: Mocha.Runnable) => ({
        ...{ id: test.fullTitle(), name: test.fullTitle(), timeSpentMs: test.duration ?? 0 },
        ...(test.file === undefined ? {} : { fileName: test.file }),
      });
      const runner = this.mocha.run(() => resolve(tests));
      runner.on("pass", (test) => {
        tests.push({ ...told(test), status: TestStatus.Success });
      });
      runner.on("fail", (test, error: unknown) => {
        putFirst(test);
        tests.push({ ...told(test), status: TestStatus.Failed, failureMessage: String(error) });
      });
    });
  }
}

/** Whether nothing is to be done before or after each. */
function isPlain(test: Mocha.Test): boolean {
  const hooks = ["_beforeAll", "_beforeEach", "_afterEach"];
  for (let suite = test.parent; suite !== undefined && !suite.root; suite = suite.parent) {
    const own = suite as unknown as Readonly<Record<string, readonly unknown[]>>;
    if (hooks.some((hook) => (own[hook] ?? []).length > 0)) return false;
  }
  return (test.fn?.length ?? 0) === 0;
}

/** Hundreds of names are quicker looked up than tried one by one. */
function exactly(names: readonly string[] | undefined): RegExp {
  const all = new RegExp("");
  if (names === undefined) return all;
  const known = new Set(names);
  return Object.assign(all, { test: (name: string) => known.has(name) });
}

// What noticed a change will notice the next one beside it.
function putFirst(failed: Mocha.Runnable): void {
  const move = <One>(list: One[], one: One) => {
    const at = list.indexOf(one);
    if (at > 0) list.unshift(...list.splice(at, 1));
  };
  let suite = failed.parent;
  if (suite !== undefined) move(suite.tests, failed as Mocha.Test);
  for (; suite?.parent !== undefined; suite = suite.parent) move(suite.parent.suites, suite);
}

function testsIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".test.ts"));
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "this-mocha", MochaRunner),
];
