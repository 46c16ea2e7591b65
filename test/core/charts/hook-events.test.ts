import assert from "node:assert/strict";
import { hookEvents, isTestOnly } from "../../../core/charts/hook-events.ts";

const hook = (text: unknown) => ({ metadata: { annotations: { "helm.sh/hook": text } } });

describe("when Helm runs a hook", () => {
  for (const [text, events, testOnly] of [
    ["test", ["test"], true],
    ["test-success", ["test"], true],
    [" Test , test-success ", ["test", "test"], true],
    ["post-install,test", ["post-install", "test"], false],
    ["pre-upgrade", ["pre-upgrade"], false],
  ] as const) {
    it(`${JSON.stringify(text)} is ${testOnly ? "a test" : "more than a test"}`, () => {
      assert.deepEqual(hookEvents(hook(text)), events);
      assert.equal(isTestOnly(hookEvents(hook(text))), testOnly);
    });
  }

  for (const object of [{}, { metadata: { annotations: {} } }, hook(7), null, "text"]) {
    it(`${JSON.stringify(object)} is no hook`, () => {
      assert.deepEqual(hookEvents(object), []);
      assert.equal(isTestOnly([]), false);
    });
  }
});
