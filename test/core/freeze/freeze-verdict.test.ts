import assert from "node:assert/strict";
import { judgePullRequest, touches } from "../../../core/freeze/freeze-verdict.ts";
import type { FreezeFacts } from "../../../core/freeze/freeze-verdict.ts";

const person = (name: string) => ({ id: name, displayName: name });
const freeze = { environment: "prod", from: 0, reason: "audit", exempt: "Release" };
const comment = (author: string, text: string, minute = 5) => ({
  ...{ text, author: person(author), publishedDate: `2026-01-01T00:0${minute}:00Z` },
});
const judge = (given: Partial<FreezeFacts> = {}) =>
  judgePullRequest({
    ...{ environment: "prod", state: { kind: "frozen", freeze }, comments: [] },
    ...{ pushedAt: "2026-01-01T00:04:00Z", exempt: [person("ana")] },
    ...given,
  });

describe("a pull request of a frozen environment", () => {
  it("is held back, and says who may lift it and how", () => {
    const { state, text } = judge();
    assert.equal(state, "failed");
    assert.match(
      text,
      /^prod is frozen: audit\. A member of Release lifts it .*break-glass: <why>/,
    );
  });

  it("goes through by the word of a member, with who, when and why", () => {
    const verdict = judge({ comments: [comment("ana", "Break-Glass: the shop\nis down")] });
    assert.equal(verdict.state, "succeeded");
    assert.match(verdict.text, /^Glass broken by ana of Release: the shop is down\./);
    const at = "2026-01-01T00:05:00Z";
    const broken = { by: { id: "ana", name: "ana" }, at, reason: "the shop is down" };
    assert.deepEqual(verdict.broken, broken);
  });

  it("stays held by the word of anybody else, before the last push, or without a reason", () => {
    const ben = judge({ comments: [comment("ben", "break-glass: please")] });
    assert.match(ben.text, /ben is not in Release/);
    for (const one of [
      comment("ana", "break-glass: before the push", 3),
      comment("ana", "break-glass:   "),
      comment("ana", "we could break-glass: later"),
    ]) {
      assert.equal(judge({ comments: [one] }).state, "failed", one.text);
    }
  });

  it("stays held where the team cannot be read, and says so", () => {
    const { state, text } = judge({
      ...{ comments: [comment("ana", "break-glass: x")], exempt: undefined },
    });
    assert.equal(state, "failed");
    assert.match(text, /Who is in Release could not be read/);
  });

  it("cannot be lifted where no team is named, or the freeze cannot be read", () => {
    const comments = [comment("ana", "break-glass: x")];
    const nobody = { environment: "prod", from: 0, reason: "audit" };
    const without = judge({ comments, state: { kind: "frozen", freeze: nobody } });
    assert.match(without.text, /No team may break the glass/);
    const unknown = judge({
      comments,
      state: { kind: "unknown", problem: "it is not valid JSON" },
    });
    assert.equal(unknown.state, "failed");
    assert.match(unknown.text, /counts as frozen: .* it is not valid JSON/);
  });

  it("is let through before, after and without a freeze", () => {
    assert.deepEqual(judge({ state: { kind: "none" } }), {
      ...{ state: "succeeded", text: "prod is not frozen" },
    });
    assert.equal(judge({ state: { kind: "over", freeze } }).state, "succeeded");
    const announced = judge({ state: { kind: "announced", freeze } });
    assert.match(announced.text, /will be frozen/);
    assert.equal(announced.state, "succeeded");
  });
});

describe("what a freeze is about", () => {
  it("is the environment's folder, without the freeze itself", () => {
    const own = "prod/.fluxgate/freeze.json";
    assert.ok(touches("prod", ["prod/api/x.yaml"], own));
    assert.ok(!touches("prod", [own, "product/x.yaml"], own));
    assert.ok(touches("", ["x.yaml"], ".fluxgate/freeze.json"));
  });
});
