import assert from "node:assert/strict";
import { changeRules } from "../../../core/team-rules/change-rules.ts";
import { parseTeamRules } from "../../../core/team-rules/team-rule.ts";

const rule = { kind: "Deployment", path: "spec.replicas", reason: "prod runs more" };
const add = { list: "noise", rule, change: "add" } as const;
const remove = { list: "noise", rule, change: "remove" } as const;

describe("a change of a team's rules", () => {
  it("begins the file where there is none, and ends as it began", () => {
    const text = changeRules(undefined, add);
    assert.deepEqual(parseTeamRules(text, "noise"), { rules: [rule], problems: [] });
    assert.deepEqual(JSON.parse(changeRules(text, remove)), { noise: [] });
  });

  it("keeps what else stands in the file, also what is no rule", () => {
    const before = { owner: "shop", noise: [{ path: "x" }] };
    const text = changeRules(JSON.stringify(before), add);
    assert.deepEqual(JSON.parse(text), { owner: "shop", noise: [{ path: "x" }, rule] });
  });

  const refusals = [
    ["{", add, /not what it should be/],
    ['{"noise": {}}', add, /not what it should be/],
    [JSON.stringify({ noise: [rule] }), add, /has that rule/],
    ["{}", remove, /no longer has that rule/],
    [undefined, { ...add, rule: { path: "**", reason: "all" } }, /would fit every field/],
    [undefined, { ...add, rule: { path: "spec", reason: " " } }, /has no reason/],
  ] as const;
  for (const [text, change, why] of refusals) {
    it(`is refused: ${why.source}`, () => {
      assert.throws(() => changeRules(text, change), why);
    });
  }
});
