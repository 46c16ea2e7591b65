import assert from "node:assert/strict";
import { freezeSchema } from "../../../core/freeze/freeze-schema.ts";
import { freezeText, holdsBack, judgeFreeze } from "../../../core/freeze/freeze.ts";
import { Ajv } from "ajv";

const good = {
  ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "prod" },
  from: "2026-12-20T18:00:00+01:00",
  to: "2027-01-04T08:00:00+01:00",
  reason: "Christmas",
  exempt: "Release",
};
const at = (time: string, value: unknown = good) =>
  judgeFreeze(JSON.stringify(value), { environment: "prod", now: Date.parse(time) });
const validate = new Ajv().compile(freezeSchema);

describe("a freeze", () => {
  it("begins and ends at its moments, whatever offset they are written with", () => {
    const kinds = [
      "2026-12-20T16:59:59Z",
      "2026-12-20T17:00:00Z",
      "2027-01-04T06:59:59Z",
      "2027-01-04T07:00:00Z",
    ].map((time) => at(time).kind);
    assert.deepEqual(kinds, ["announced", "frozen", "frozen", "over"]);
    assert.ok(validate(good));
  });

  it("without an end holds until the file is changed", () => {
    const open = Object.fromEntries(Object.entries(good).filter(([key]) => key !== "to"));
    assert.equal(at("2099-01-01T00:00:00Z", open).kind, "frozen");
    assert.ok(validate(open));
  });

  it("says in UTC until when, and why", () => {
    const text = freezeText(at("2026-12-24T00:00:00Z"), "prod");
    assert.equal(text, "prod is frozen until 2027-01-04T07:00:00Z: Christmas");
    const before = freezeText(at("2026-12-01T00:00:00Z"), "prod");
    assert.match(before ?? "", /^prod will be frozen from 2026-12-20T17:00:00Z until /);
  });

  it("is none where there surely is no file", () => {
    assert.deepEqual(judgeFreeze(undefined, { now: 0 }), { kind: "none" });
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ["no object", [], /no JSON object/],
    ["another kind", { ...good, kind: "Hold" }, /no Freeze/],
    ["a key that nothing reads", { ...good, exemt: "x" }, /key "exemt"/],
    ["a time without its offset", { ...good, from: "2026-12-20T18:00:00" }, /from is no time/],
    ["a day alone", { ...good, to: "2027-01-04" }, /to is no time/],
    ["a day that there is not", { ...good, from: "2026-02-30T00:00:00Z" }, /from is no time/],
    ["an end before its beginning", { ...good, to: good.from }, /ends before it begins/],
    ["no reason", { ...good, reason: " " }, /reason is missing/],
    ["a team that is no name", { ...good, exempt: [] }, /exempt is no name/],
    ["no environment", { ...good, environment: 1 }, /environment is no name/],
  ];
  for (const [what, value, problem] of wrong) {
    it(`counts as frozen, and says so, with ${what}`, () => {
      const state = at("2020-01-01T00:00:00Z", value);
      assert.equal(state.kind, "unknown");
      assert.ok(holdsBack(state));
      assert.match(freezeText(state, "prod") ?? "", problem);
      // What the schema cannot say: days that there are not, and which time is the later one.
      if (!/there is not|before its/.test(what)) assert.ok(!validate(value));
    });
  }

  it("counts as frozen where it is of another environment, or no JSON", () => {
    const other = at("2020-01-01T00:00:00Z", { ...good, environment: "dev" });
    assert.match(freezeText(other, "prod") ?? "", /names environment "dev", and stands in prod's/);
    assert.equal(judgeFreeze("{", { now: 0 }).kind, "unknown");
  });
});
