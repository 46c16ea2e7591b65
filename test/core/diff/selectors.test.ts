import assert from "node:assert/strict";
import { selects } from "../../../core/diff/selectors.ts";

const labels = { app: "web", tier: "front" };
const expression = (key: string, operator: string, values?: unknown) => ({
  matchExpressions: [{ key, operator, values }],
});

const selectors: readonly (readonly [selector: unknown, takes: boolean])[] = [
  [{ app: "web" }, true],
  [{ app: "api" }, false],
  [{ app: "web", tier: "back" }, false],
  [{ other: "web" }, false],
  [{}, false],
  [undefined, false],
  [{ matchLabels: { app: "web" } }, true],
  [{ matchLabels: { app: "api" } }, false],
  [{ matchLabels: {}, matchExpressions: [] }, false],
  [{ matchLabels: "app" }, false],
  [expression("app", "In", ["api", "web"]), true],
  [expression("app", "In", ["api"]), false],
  [expression("app", "In"), false],
  [expression("app", "NotIn", ["api"]), true],
  [expression("app", "NotIn", ["web"]), false],
  [expression("other", "NotIn", ["web"]), true],
  [expression("app", "Exists"), true],
  [expression("other", "Exists"), false],
  [expression("other", "DoesNotExist"), true],
  [expression("app", "DoesNotExist"), false],
  [expression("app", "Unheard"), true],
  [{ matchLabels: { app: "web" }, ...expression("tier", "In", ["back"]) }, false],
  [{ matchLabels: { app: "api" }, ...expression("tier", "Exists") }, false],
  [{ matchLabels: { app: "web" }, ...expression("tier", "Exists") }, true],
];

describe("a selector of labels", () => {
  for (const [selector, takes] of selectors) {
    it(`${takes ? "takes" : "does not take"} these: ${JSON.stringify(selector)}`, () => {
      assert.equal(selects(selector, labels), takes);
    });
  }

  it("takes nothing without labels", () => {
    assert.equal(selects({ app: "web" }, undefined), false);
  });
});
