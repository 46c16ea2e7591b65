import assert from "node:assert/strict";
import { judgeRules } from "../../../../rendering/checks/rules/judge-rules.ts";
import type { Rule, SchemaNode } from "../../../../core/manifests/schema-node.ts";

// What the API server says to the same kind of rules: test/cluster/validation.test.ts.
describe("the judge of CEL rules", () => {
  const judge = (rule: string, value: unknown, more: Partial<Rule> = {}) => {
    const [verdict] = judgeRules([{ rule: { rule, ...more }, value, schema: list, path: "" }]);
    return verdict;
  };
  const list: SchemaNode = { type: "array", items: { type: "integer" } };
  const long = Array.from({ length: 300 }, (_, index) => index);

  it("keeps, breaks, and says what it cannot tell", () => {
    assert.deepEqual(judge("self.size() == 2", [1, 2]), { is: "kept" });
    assert.deepEqual(judge("self.size() == 2", [1]), {
      is: "broken",
      message: "must keep the rule self.size() == 2",
    });
    const reasonOf = (rule: string) => {
      const verdict = judge(rule, [1]);
      return verdict?.is === "not checked" ? verdict.reason : verdict?.is;
    };
    assert.match(reasonOf("self.foo(1)") ?? "", /no matching overload for 'dyn.foo\(int\)'/);
    assert.match(reasonOf("self[4] == 1") ?? "", /index out of bounds/i);
    assert.match(reasonOf("((") ?? "", /^it cannot be read: /);
    assert.match(reasonOf("self.size()") ?? "", /neither true nor false/);
  });

  it("takes the message of an expression, and the written one where it makes none", () => {
    const message = "at most one";
    const said = (messageExpression: string) => {
      const verdict = judge("self.size() < 2", [1, 2], { message, messageExpression });
      return verdict?.is === "broken" ? verdict.message : verdict?.is;
    };
    assert.equal(said("'there are ' + string(self.size())"), "there are 2");
    assert.equal(said("self[9]"), message);
    assert.equal(said("''"), message);
  });

  const doubled = (first: string) =>
    `${Array.from({ length: 40 }, (_, i) => `cel.bind(x${i}, ${i === 0 ? first : `x${i - 1} + x${i - 1}`}, `).join("")}x39.size() > 0${")".repeat(40)}`;
  const hostile: Readonly<Record<string, string>> = {
    "loops in loops": "self.all(a, self.all(b, self.all(c, self.all(d, a + b + c + d >= 0))))",
    "a pattern that goes back": `["${"a".repeat(60)}!"].all(x, x.matches("^(a+)+$"))`,
    "a text that doubles": doubled('"a"'),
    "a list that doubles": doubled("[1]"),
    brackets: `${"(".repeat(5000)}1${")".repeat(5000)} == 1`,
    "a rule without end": `${"true || ".repeat(100_000)}true`,
  };
  for (const [name, rule] of Object.entries(hostile)) {
    it(`gives up on ${name}, and goes on with the next`, () => {
      const uses = [rule, "self.size() == 300"].map((each) => ({
        ...{ rule: { rule: each }, value: long, schema: list, path: "" },
      }));
      const [first, second] = judgeRules(uses);
      assert.equal(first?.is, "not checked");
      assert.deepEqual(second, { is: "kept" });
    });
  }

  it("ends although every rule of thousands is slow", () => {
    const slow = hostile["loops in loops"] ?? "";
    const use = { rule: { rule: slow }, value: long, schema: list, path: "" };
    const verdicts = judgeRules(Array.from({ length: 5000 }, () => use));
    assert.equal(verdicts.length, 5000);
    assert.deepEqual(verdicts.at(-1), {
      is: "not checked",
      reason: "the rules before it took more than 5 s",
    });
  }).timeout(60_000);
});
