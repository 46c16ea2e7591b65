// Mocha's own spec reporter, which also leaves what became of each file where scripts/run-mocha.ts looks.
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const of = (runnable) =>
      (files[runnable.file ?? "unknown"] ??= { passed: 0, failed: 0, skipped: 0, failures: [] });
    runner.on("pass", (test) => (of(test).passed += 1));
    runner.on("pending", (test) => (of(test).skipped += 1));
    runner.on("fail", (test, error) => {
      of(test).failed += 1;
      of(test).failures.push(`${test.fullTitle()}: ${String(error.message).split("\n")[0]}`);
    });
    runner.once("end", () => writeFileSync(options.reporterOptions.files, JSON.stringify(files)));
  }
};
